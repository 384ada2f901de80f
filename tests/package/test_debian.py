# SPDX-License-Identifier: LGPL-3.0-only
"""The Debian package in clean roots of Debian 12 and 13: built, judged, installed, booted, removed;
in that of 13 other distributions' packages, too."""
# Copyright (C) 2026 The seabios-igd authors

import datetime
import email.utils
import re
import shutil
import subprocess

import pytest

from roots import Root
from test_build import ROOT, make, sha256
from test_install import FILES

RELEASES = ("12", "13")
VERSION = re.search(r"^VERSION := (\S+)", (ROOT / "Makefile").read_text(), re.M)[1]
DSC = f"seabios-igd_{VERSION}-1.dsc"
PACKAGE = f"seabios-igd_{VERSION}-1_all.deb"
DOMAIN = """<domain type='qemu'><name>guest</name><memory>65536</memory>
<os firmware='bios'><type arch='x86_64' machine='{}'>hvm</type></os>
<devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices></domain>
"""
# The second build: another folder, date, time zone, language, umask and number of jobs, with more
# packages installed, without the tests.
OTHERWISE = "umask 077; export TZ=Pacific/Kiritimati LC_ALL=C " \
    "DEB_BUILD_OPTIONS='nocheck parallel=1'"

# Preloaded, as the program faketime shares what it counts, and make's jobs wait for it for ever.
FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"


# What is of one release runs in one process.
@pytest.fixture(scope="module", params=[
    pytest.param(release, marks=pytest.mark.xdist_group(release), id=f"debian-{release}")
    for release in RELEASES])
def release(request, cache):
    """The folder with the roots of a release."""
    return cache / f"debian-{request.param}"


@pytest.fixture(scope="module")
def source(tmp_path_factory, cache):
    """A folder with the source package."""
    folder = tmp_path_factory.mktemp("source") / "deb"
    tarball = next(cache.glob("seabios_1.17*.orig.tar.gz"))
    subprocess.run([ROOT / "scripts/build-deb", folder, VERSION, tarball, "source"], check=True,
                   capture_output=True)
    return folder


def build(root, source, folder, before="", command="dpkg-buildpackage --no-sign"):
    """Builds the source package in a folder of a root; returns where the packages are then."""
    place = root.files / folder
    place.mkdir(parents=True)
    for path in source.iterdir():
        shutil.copy2(path, place)
    root.run(f"cd /{folder}; dpkg-source -x {DSC} tree > /dev/null; cd tree; {before}\n{command}")
    return place


@pytest.fixture(scope="module")
def built(release, source, tmp_path_factory):
    """The folder of the packages that were built in the clean root."""
    root = Root(release / "build", tmp_path_factory.mktemp("build"))
    return build(root, source, "build/first")


@pytest.fixture(scope="module")
def judge(release, built, tmp_path_factory):
    """A root with the judges, and the built packages in /built."""
    root = Root(release / "test", tmp_path_factory.mktemp("judge"))
    shutil.copytree(built, root.files / "built", ignore=shutil.ignore_patterns("tree"))
    return root


@pytest.fixture(scope="module")
def installed(judge):
    """The same with the package installed."""
    judge.run(f"dpkg -i /built/{PACKAGE}")
    return judge


def all_files(root):
    """All files of a root but for what dpkg notes of its work, and what it does not own."""
    names = root.run(r"find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /tmp "
                     r"-o -path /built -o -path /var/log -o -path '/var/lib/dpkg/*-old' \) "
                     r"-prune -o -print").splitlines()
    return set(names)


def test_lintian_has_neither_errors_nor_warnings(judge):
    said = judge.run("lintian --allow-root --fail-on error,warning --display-info "
                     "/built/*.changes 2>&1")
    assert not re.search(r"^[EW]: ", said, re.M), said


def test_the_package_holds_what_make_install_installs(built):
    listed = subprocess.run(["dpkg-deb", "-c", built / PACKAGE], capture_output=True, text=True,
                            check=True).stdout
    names = {line.split(" ./usr/")[1].removesuffix(".gz") for line in listed.splitlines()
             if not line.startswith("d") and " ./usr/" in line}
    debian = {f"share/doc/seabios-igd/{name}" for name in ("changelog.Debian", "copyright")}
    assert names - debian == set(FILES) | {"share/lintian/overrides/seabios-igd"}
    assert not [line for line in listed.splitlines()
                if not line.startswith("d") and " ./usr/" not in line]


def build_date(place):
    """When a package was built, as its .buildinfo says."""
    said = next(place.glob("*_amd64.buildinfo")).read_text()
    return email.utils.parsedate_to_datetime(re.search("^Build-Date: (.*)$", said, re.M)[1])


def test_two_builds_are_one_package(release, source, built, tmp_path):
    root = Root(release / "test", tmp_path)
    place = build(root, source, "another/folder/with/a/longer/name", OTHERWISE,
                  f"LD_PRELOAD={FAKETIME} FAKETIME=+400d NO_FAKE_STAT=1 "
                  "dpkg-buildpackage --no-sign --build=binary")
    # Had the date not been another one, this would show nothing.
    assert build_date(place) - build_date(built) > datetime.timedelta(days=399)
    assert sha256(place / PACKAGE) == sha256(built / PACKAGE)


def test_libvirt_picks_the_image_for_a_bios_guest(installed):
    # The user that its daemon's package, which is not needed here, would have made.
    installed.run("id libvirt-qemu || useradd --system libvirt-qemu")
    for machine in ("pc", "q35"):
        (installed.files / f"built/{machine}.xml").write_text(DOMAIN.format(machine))
        said = installed.run("timeout 60 virsh -c 'qemu:///embed?root=/tmp/libvirt' "
                             f"domxml-to-native qemu-argv /built/{machine}.xml")
        assert "-bios /usr/share/seabios-igd/seabios.bin" in said, said


def test_autopkgtest_boots_the_installed_image(installed):
    said = installed.run(f"autopkgtest -B /built/{DSC} /built/{PACKAGE} -- null")
    assert re.search(r"^boots +PASS$", said, re.M), said
    assert len(re.findall(r"^seabios\S* on \w+: boots$", said, re.M)) == 4, said


def test_the_boot_test_fails_on_an_image_that_does_not_boot(installed, out):
    images = installed.files / "built/stock"
    images.mkdir()
    shutil.copy2(ROOT / "debian/tests/boots", installed.files / "built")
    for name in ("seabios.bin", "seabios-128k.bin"):
        shutil.copy2(out / name, images)
    good = (images / "seabios.bin").read_bytes()
    for wrong, complaint in ((good.replace(b"-seabios-igd", b"-seabios-xyz"),
                              "the log starts with"),
                             (good[:-16] + b"\xf4" * 16, "no boot sector")):
        (images / "seabios.bin").write_bytes(wrong)
        done = installed.try_run("sed -i 's/timeout 60/timeout 5/' /built/boots; "
                                 "/built/boots /built/stock")
        assert done.returncode != 0 and complaint in done.stdout, done.stdout


def test_the_installed_tool_and_pages_are_found(installed):
    # minbase roots leave out manual pages when packages are unpacked there, or not; igd is asked.
    said = installed.run("igd --help && man -w igd seabios-igd")
    assert "doctor" in said and "seabios-igd.7" in said


def test_removing_leaves_nothing(release, built, tmp_path):
    root = Root(release / "test", tmp_path)
    (root.files / "built").mkdir()
    shutil.copy2(built / PACKAGE, root.files / "built")
    before = all_files(root)
    root.run(f"dpkg -i /built/{PACKAGE}; igd --help")
    assert "/usr/bin/igd" in all_files(root) - before
    root.run("dpkg --purge seabios-igd")
    assert all_files(root) ^ before == set()


# --- Other distributions' packages ---------------------------------------------------------------

@pytest.fixture(scope="module")
def packaging(cache, out, tmp_path_factory):
    """Debian 13's root with a release, and the spec and the PKGBUILD of it, in /packaging."""
    for target in ("dist", "rpm-spec", "pkgbuild"):
        done = make(ROOT, target, f"OUT={out}", f"CACHE={cache}")
        assert done.returncode == 0, done.stderr
    root = Root(cache / "debian-13/test", tmp_path_factory.mktemp("packaging"))
    (place := root.files / "packaging").mkdir()
    for path in (out / "packaging/seabios-igd.spec", out / "packaging/PKGBUILD",
                 out / f"seabios-igd-{VERSION}.tar.gz", ROOT / "packaging/seabios-igd.rpmlintrc"):
        shutil.copy2(path, place)
    return root


in_13 = pytest.mark.xdist_group("13")


@in_13
def test_rpmlint_has_neither_errors_nor_warnings(packaging):
    said = packaging.run("rpmlint --strict --rpmlintrc /packaging/seabios-igd.rpmlintrc "
                        "/packaging/seabios-igd.spec")
    assert "0 errors, 0 warnings" in said, said


@in_13
def test_the_spec_builds_an_rpm_of_the_same_files(packaging):
    packaging.run("cd /packaging; rpmbuild -bb --nodeps --define '_sourcedir /packaging' "
                  "--define '_topdir /packaging/rpm' seabios-igd.spec")
    names = packaging.run("rpm -qp --nosignature --qf '[%{FILEMODES:perms} %{FILENAMES}\n]' "
                          "/packaging/rpm/RPMS/noarch/*.rpm").splitlines()
    names = {re.sub(r"^\S+ |\.gz$", "", name) for name in names if not name.startswith("d")}
    # Where a distribution puts licences is its own affair.
    licences = {name for name in names if re.search("/(COPYING|copyright)$", name)}
    assert len(licences) == 2 and names - licences == {f"/usr/{name}" for name in FILES}


@in_13
def test_shellcheck_has_no_complaint_of_the_pkgbuild(packaging):
    assert packaging.run("shellcheck /packaging/PKGBUILD") == ""


@in_13
def test_makepkg_builds_a_package_of_the_same_files(packaging):
    # makepkg refuses to run as root.
    packaging.run("useradd -m -d /var/builder builder;"
                  "cp -r /packaging/PKGBUILD /packaging/*.tar.gz /var/builder;"
                  "chown -R builder /var/builder; cd /var/builder;"
                  "PKGEXT=.pkg.tar runuser -u builder -- makepkg --nodeps")
    names = packaging.run("tar -tf /var/builder/*.pkg.tar").splitlines()
    names = {re.sub(r"\.gz$", "", name) for name in names if not name.endswith("/")}
    assert {name for name in names if name.startswith("usr/")} == \
        {f"usr/{name}" for name in FILES} | {
            f"usr/share/licenses/seabios-igd/{name}" for name in ("COPYING", "copyright")}
