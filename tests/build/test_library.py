# SPDX-License-Identifier: LGPL-3.0-only
"""The library alone: what other firmware gets from make lib and make doc."""
# Copyright (C) 2026 The seabios-igd authors

import html
import os
import re
import shutil
import struct
import subprocess

import pytest

import opregion
from test_build import ROOT, make

# A compiler, and the machine that ELF files of it are for.
COMPILERS = {"i386": ("gcc -m32", "Intel 80386"),
             "x86-64": ("gcc", "Advanced Micro Devices X86-64"),
             "aarch64": ("aarch64-linux-gnu-gcc", "AArch64")}
HEADER = (ROOT / "src/igd/igd.h").read_text()
DECLARATION = r"^(?!typedef)[a-z][\w *]*?(igd_\w+)\("
FUNCTIONS = re.findall(DECLARATION, HEADER, re.M)
CODES = re.findall(r"^// (.*)\nIGD_MESSAGE\(\w+, (\w+),",
                   (ROOT / "src/igd/igd_messages.h").read_text(), re.M)


def make_lib(folder, compiler):
    done = make(ROOT, "lib", f"OUT={folder}", f"CC={compiler}")
    assert done.returncode == 0, done.stderr
    assert (folder / "log/lib.log").read_text() == ""
    return folder / "libigd.a"


def readelf(option, archive):
    return subprocess.run(["readelf", "-W", option, archive], capture_output=True, text=True,
                          check=True).stdout


def machines(archive):
    return set(re.findall(r"Machine: +(.*)", readelf("-h", archive)))


@pytest.fixture(scope="module", autouse=True)
def cross_compiler(cache):
    """What the Makefile fetched can be called by its name."""
    folder = cache / "gcc-aarch64/usr"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{folder}/bin", prepend=os.pathsep)
        patch.setenv("LD_LIBRARY_PATH", f"{folder}/lib/x86_64-linux-gnu")
        yield


@pytest.fixture(scope="module", params=COMPILERS)
def built(request, tmp_path_factory):
    """The compiler, the ELF machine and the archive."""
    compiler, machine = COMPILERS[request.param]
    return compiler, machine, make_lib(tmp_path_factory.mktemp("lib"), compiler)


def test_the_library_needs_no_more_than_three_functions_of_its_user(built):
    _, machine, archive = built
    assert machines(archive) == {machine}
    # Of a symbol: value, size, type, binding, visibility, section, name.
    symbols = [line.split()[-2:] for line in readelf("-s", archive).splitlines()
               if re.search(r" (GLOBAL|WEAK) ", line)]
    defined = {name for section, name in symbols if section != "UND"}
    needed = {name for section, name in symbols if section == "UND"}
    assert not set(FUNCTIONS) - defined
    assert not needed - defined - {"memcpy", "memset", "memcmp"}


def test_the_library_keeps_no_state_and_needs_no_relocation_at_run_time(built):
    # Of a section: name, type, address, offset, size, entry size, flags.
    sections = re.findall(r"\] (\.\S+) +[A-Z]\w+ +[0-9a-f]+ [0-9a-f]+ ([0-9a-f]+) \w\w +(\w*)",
                          readelf("-S", built[2]))
    assert any(name.startswith(".rodata") for name, _, _ in sections)
    assert not [name for name, size, flags in sections if "W" in flags and int(size, 16)]


def test_firmware_without_a_libc_links_with_the_library(built, tmp_path):
    compiler, machine, archive = built
    # It is never run: that it has these three is enough.
    (tmp_path / "firmware.c").write_text(f"""
#include "igd.h"
void *memcpy(void *to, const void *from, __SIZE_TYPE__ n) {{ return from && n ? to : to; }}
void *memset(void *to, int c, __SIZE_TYPE__ n) {{ return c && n ? to : to; }}
int memcmp(const void *a, const void *b, __SIZE_TYPE__ n) {{ return a == b && n; }}
void *all[] = {{ {", ".join(FUNCTIONS)} }};
void _start(void) {{ for (;;); }}
""")
    done = subprocess.run([*compiler.split(), "-ffreestanding", "-nostdlib", "-static", "-Wall",
                           "-Werror", f"-I{archive.parent}/include", "-o", tmp_path / "firmware",
                           tmp_path / "firmware.c", archive],
                          capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert machines(tmp_path / "firmware") == {machine}


def test_a_firmware_without_a_log_keeps_no_findings(tmp_path):
    folder = shutil.copytree(ROOT / "src/igd", tmp_path / "igd")
    env = (folder / "igd_env.h").read_text()
    assert "#define IGD_LOG 1\n" in env
    (folder / "igd_env.h").write_text(env.replace("#define IGD_LOG 1\n", "#define IGD_LOG 0\n"))
    (tmp_path / "main.c").write_text("""
#include "igd.h"
int
main(void)
{
    struct igd_findings found = { .count = 0 };
    return igd_find(&found, IGD_ERR_BDSM, 1, 2) == -IGD_ERR_BDSM && !found.count ? 0 : 1;
}
""")
    subprocess.run(["gcc", "-Wall", "-Wextra", "-Werror", f"-I{folder}", "-o", tmp_path / "main",
                    tmp_path / "main.c", *folder.glob("*.c")], check=True)
    assert subprocess.run(tmp_path / "main", check=False).returncode == 0


def test_another_compiler_makes_the_library_anew_and_the_same_one_does_not(tmp_path):
    for name in ("x86-64", "i386"):
        compiler, machine = COMPILERS[name]
        archive = make_lib(tmp_path, compiler)
        assert machines(archive) == {machine}
    before = archive.stat().st_mtime_ns
    assert make_lib(tmp_path, compiler).stat().st_mtime_ns == before


def test_an_archiver_of_the_users_is_used(tmp_path):
    assert make(ROOT, "lib", f"OUT={tmp_path}", "AR=false").returncode != 0
    assert not (tmp_path / "libigd.a").exists()


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """Runs the example on an OpRegion's bytes; returns its exit code and output."""
    folder = tmp_path_factory.mktemp("plan")
    archive = make_lib(folder, "gcc")
    subprocess.run(["gcc", "-Wall", "-Wextra", "-Werror", f"-I{folder}/include", "-o",
                    folder / "plan", ROOT / "docs/example.c", archive], check=True)

    def run(content, *arguments):
        (folder / "file").write_bytes(content)
        done = subprocess.run([folder / "plan", folder / "file", *arguments], text=True,
                              capture_output=True, timeout=10, check=False)
        return done.returncode, done.stdout + done.stderr
    return run


GOOD = opregion.opregion(opregion.vbt("EXAMPLE", 0x600, blocks=opregion.panel_blocks(
    0x1806, panel=4, boot_display=8)))


# The example reads no register, so GMS is 0 and STOLEN_RESERVED not known.
GMS = "igd: warning: GMS says 0 MiB of stolen memory, QEMU 64 MiB: Windows' driver fails; " \
    "set x-igd-gms=2\n"


def test_the_example_plans_opregion_and_stolen_memory(plan):
    assert plan(GOOD, "0x40000000", "0x9a49", "0x4000000") == (0, f"""\
stolen memory: config 0xc0 = 0x3c000000
stolen memory: config 0xc4 = 0x0
VBT "EXAMPLE": config 0xfc = 0x3bffe000
{GMS}\
igd: note: the host's stolen memory is not known, STOLEN_RESERVED 0xffffffff; \
etc/igd-stolen-base tells it
""")


def test_the_example_rounds_and_warns(plan):
    longer = opregion.opregion(opregion.vbt("EXAMPLE", 0x40, checksum=3), rvda=1 << 40, rvds=9)
    assert plan(longer + b"\0", "0x40000123", "0x1912", "0x3f00001") == (0, f"""\
stolen memory: config 0x5c = 0x3c000000
VBT "EXAMPLE": config 0xfc = 0x3bffd000
igd: warning: stolen memory of 0x3f00001 bytes is rounded up to 64 MiB; harmless
{GMS}\
igd: warning: RVDA 0x10000000000 is outside of the OpRegion's 8193 bytes: cleared; \
the host needs Linux 5.16+
igd: warning: the VBT's sum is 0x03, must be 0; harmless
""")


def test_the_example_plans_an_opregion_alone(plan):
    assert plan(GOOD, "0x3ffff123", "0x9a49", "0") == (0, """\
VBT "EXAMPLE": config 0xfc = 0x3fffd000
igd: note: etc/igd-bdsm-size is 0, GMS says 0 MiB of stolen memory; set x-igd-gms=2
""")


@pytest.mark.parametrize("content, line", [
    (GOOD[:-1], "it has 8191 bytes, must have at least 8192"),
    (b"", "it has 0 bytes, must have at least 8192"),
    (GOOD + bytes(1 << 20), "it has 1048577 bytes, must have at most 1048576"),
    (GOOD.replace(b"Mem", b"Man"), "its 8192 bytes do not start with IntelGraphicsMem"),
    (GOOD[:16] + struct.pack("<I", 12) + GOOD[20:], "its header says 12 KiB, it has 8 KiB"),
], ids=["truncated", "empty", "too-long", "without-signature", "header-beyond-the-file"])
def test_the_example_says_why_an_opregion_is_refused(plan, content, line):
    assert plan(content, "0x40000000", "0x3e92", "0x4000000") == (
        1, f"stolen memory: config 0x5c = 0x3c000000\n{GMS}"
        f"igd: error: OpRegion refused: {line}; check the host's OpRegion\n")


def test_the_example_says_what_does_not_fit(plan):
    assert plan(GOOD, "0x1000", "0x3e92", "0x4000000") == (1, f"""\
{GMS}\
igd: error: no room for stolen memory: it needs 64 MiB, there are 0 MiB below 4 GiB; \
lower x-igd-gms, or raise -m up to 3583M (pc), 2815M (q35)
igd: error: no room for the OpRegion: it needs 8 KiB, there are 4 KiB; raise -m
""")


def test_the_example_has_60_lines():
    assert len((ROOT / "docs/example.c").read_text().splitlines()) <= 60


def test_the_example_says_how_it_is_used(plan):
    usage = "usage: plan OPREGION-FILE TOP-OF-RAM DEVICE-ID STOLEN-BYTES\n"
    assert plan(GOOD) == (2, usage)
    assert plan(GOOD, "0x40000000", "0x9a49") == (2, usage)


def make_doc(folder, header):
    """Renders the interface with another igd.h, in a copy."""
    for name in ("docs", "mk", "patches", "scripts", "src"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy2(ROOT / "Makefile", folder)
    (folder / "src/igd/igd.h").write_text(header)
    return make(folder, "doc")


def words(text):
    return "".join(text.split())


def test_every_functions_contract_is_rendered_as_the_header_has_it(tmp_path):
    done = make_doc(tmp_path, HEADER)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out/log/doc.log").read_text() == ""
    page = (tmp_path / "out/doc/igd_8h.html").read_text()
    rendered = {name: words(html.unescape(re.sub("<[^>]*>", "", contract)))
                for name, contract in re.findall(
                    r'</span>(igd_\w+)\(\)</h2>.*?class="memdoc">(.*?)</div>', page, re.S)}
    contracts = {name: words(re.sub("^//", "", comment, flags=re.M)) for comment, name in
                 re.findall(r"((?:^//.*\n)+)" + DECLARATION, HEADER, re.M)}
    assert len(FUNCTIONS) > 10 and list(contracts) == FUNCTIONS
    assert rendered == contracts


def test_every_code_is_rendered_with_its_meaning(tmp_path):
    done = make_doc(tmp_path, HEADER)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/doc/igd_8h.html").read_text()
    rendered = {name: words(html.unescape(re.sub("<[^>]*>", "", meaning))) for name, meaning in
                re.findall(r'class="fieldname">.*?</a>(IGD_(?:ERR|WARN|NOTE)_\w+)&#160;</td>'
                           r'<td class="fielddoc">(.*?)</td>', page, re.S)}
    assert len(CODES) > 40
    assert rendered == {name: words(meaning) for meaning, name in CODES}


@pytest.mark.parametrize("declaration", ["int igd_more(int x);", "extern const int igd_more;",
                                         "struct igd_more {\n    int x;\n};",
                                         "enum igd_more {\n    IGD_X,\n};"],
                         ids=["function", "constant", "struct", "enum"])
def test_a_declaration_without_contract_fails_make_doc(tmp_path, declaration):
    done = make_doc(tmp_path, HEADER.replace("#endif // igd.h", f"{declaration}\n\n#endif"))
    assert done.returncode != 0
    assert re.search("igd_more.* is not documented", done.stderr), done.stderr
