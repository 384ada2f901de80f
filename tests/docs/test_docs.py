# SPDX-License-Identifier: LGPL-3.0-only
"""The manual says what is so: its links lead somewhere, its commands are accepted by whom they are
for, the log's lines are the firmware's, and its tables are complete."""
# Copyright (C) 2026 The seabios-igd authors

import functools
import io
import itertools
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from contextlib import redirect_stderr
from urllib.parse import urlsplit

import pytest

import guest
from igd_host import cli, command, families, log, manual, messages
from igd_host.qemu import CLASS_CODE, LPC, SIZE
from machine import QEMU, Machine, qemu_version
from opregion import opregion, vbt
from pages import BLOCKS, PAGES, ROOT, anchor, page
from tool import judges_environment
from vbios_rom import stand_in

RELEASES = [line.split()[0] for line in (ROOT / "patches/releases").read_text().splitlines()
            if not line.startswith("#")]
# The release that porting.md takes for an example.
NEW_RELEASE = "1.18.0"
# What pages name and that is QEMU's or SeaBIOS's: files, an option of its configuration.
FOREIGN = {"docs/igd-assign.txt", "src/fw/", "src/fw/Kconfig", "DEBUG_LEVEL=0"}
QEMU_NS = "http://libvirt.org/schemas/domain/qemu/1.0"

# What has several words inside a line and no judge: commands that are others' business, and what
# QEMU, libvirt, Proxmox VE, C and our tests say.
OTHERS = {"lspci -nns 00:02.0", "update-initramfs -u", "virsh define", "git am",
          f"git grep {RELEASES[0]}",
          "Failed to mmap 0000:00:02.0 BAR", "device does not support requested feature x-vga",
          "x-igd-gms is not supported on this device",
          "<loader type='rom'>", "<os firmware='bios'>",
          "hostpci0: 0000:00:02.0,legacy-igd=1", "tablet: 0", "class 0380", "enum igd_gms",
          "rerun alone",
          # Held by the key match of tests/machine/machines.
          "accepted by list", "accepted by class"}

# What a block of code is, by what it starts with. There is no block that nobody looks at.
KINDS = {
    "log": r"igd: ", "domain": r"<domain", "xml": r"<", "qemu": r"qemu-system-x86_64 ",
    "arguments": r"-\w", "proxmox": r"args: ", "c": r"#include|//", "row": r"IGD_FAMILY\(",
    "modprobe": r"options ", "drawing": r" *guest's physical",
    "commands": r"(sudo )?(make|scripts/\w+|git|cc|out/plan) ",
    "graph": r"(?s).*──",
}


def kind(block):
    return next((name for name, start in KINDS.items() if re.match(start, block.text)), None)


def of_kind(*names):
    return pytest.mark.parametrize(
        "block", [block for block in BLOCKS if kind(block) in names], ids=str)


def of_spans(pattern):
    """All code inside lines that starts like this."""
    spans = [(each.name, number, text) for each in PAGES for number, text in each.spans
             if re.match(pattern, text)]
    return pytest.mark.parametrize("where,line,text", spans,
                                   ids=[f"{name}:{line}" for name, line, _ in spans])


each_page = pytest.mark.parametrize("each", PAGES, ids=lambda each: each.name)


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_every_block_of_code_is_of_a_kind_that_is_checked(block):
    assert kind(block), f"{block}: expected one of {', '.join(KINDS)}, got\n{block.text}"


@each_page
def test_code_in_a_line_ends_there(each):
    # pages.py looks for it line by line.
    odd = [number for number, line in each.prose if line.count("`") % 2]
    assert not odd, f"{each.name}, lines {odd}"


@each_page
def test_prose_is_at_most_110_columns(each):
    long = [number for number, line in each.prose if len(line) > 110 and line[0] != "|"
            and each.path.name != "design.md"]
    assert not long, f"{each.name}, lines {long}"


@of_kind("graph")
def test_a_graph_names_functions_that_there_are(block):
    code = "".join(path.read_text() for path in sorted((ROOT / "src").glob("*/*.[ch]"))
                   + sorted((ROOT / "patches").glob("*.patch")))
    names = re.findall(r"\bigd_\w+", block.text)
    assert not [name for name in names if not re.search(rf"\b{name}\b", code)]
    assert len(names) > 10 or "snapshot" in block.text


# --- links ------------------------------------------------------------------------------------

@each_page
def test_every_link_leads_somewhere(each):
    for number, target in each.links:
        where = f"{each.name}:{number}: {target}"
        parts = urlsplit(target)
        if parts.scheme:
            assert parts.scheme == "https" and re.fullmatch(r"[\w.-]+\.\w+", parts.netloc), where
            continue
        path = (each.path.parent / parts.path).resolve() if parts.path else each.path
        assert path.exists() and path.is_relative_to(ROOT), f"{where}: there is no such file"
        if parts.fragment:
            anchors = next(other for other in PAGES if other.path == path).anchors
            assert parts.fragment in anchors, f"{where}: expected one of {anchors}"


@each_page
def test_no_two_headings_have_one_anchor(each):
    assert len(set(each.anchors)) == len(each.anchors)


def test_readme_links_to_every_page():
    linked = {target.partition("#")[0] for _, target in page("README.md").links}
    assert {each.name for each in PAGES} - {"README.md"} <= linked


@of_spans(r"(docs|src|scripts|tests|patches|debian|mk)/")
def test_every_file_that_is_named_is_there(where, line, text):
    name = text.split()[0]
    if "*" in name:
        assert list(ROOT.glob(name)), f"{where}:{line}: expected files, got none: {name}"
    elif name not in FOREIGN and not re.search(rf"<|{NEW_RELEASE}", name):
        assert (ROOT / name).exists(), f"{where}:{line}: there is no {name}"


# --- commands ---------------------------------------------------------------------------------

@functools.cache
def makefile():
    """(targets, variables that a user may set)."""
    done = subprocess.run(["make", "-C", ROOT, "-qp", "there-is-no-such-target"], text=True,
                          capture_output=True, check=False, env={"PATH": "/usr/bin:/bin"})
    targets = set(re.findall(r"^([\w./-]+):(?!=)", done.stdout, re.M))
    variables = set(re.findall(r"^([A-Z_]+) *\?=", (ROOT / "Makefile").read_text(), re.M))
    return targets, variables | {"DESTDIR"}


def check_make(words, where):
    """words: those after make."""
    targets, variables = makefile()
    for word in words:
        name, is_variable, value = word.partition("=")
        if is_variable:
            assert name in variables, f"{where}: expected one of {variables}, got {name}"
            assert name != "SEABIOS_RELEASE" or value in RELEASES + [NEW_RELEASE], where
        else:
            name = name.replace(NEW_RELEASE, RELEASES[0])
            assert name in targets | {"-k"}, f"{where}: there is no target {name}"


def check_igd(words, where):
    """words: those after igd."""
    said = io.StringIO()
    try:
        with redirect_stderr(said):
            cli.parser().parse_args(words)
    except SystemExit:
        pytest.fail(f"{where}: igd {' '.join(words)}\n{said.getvalue()}")


def check_command(words, where):
    """One command of a block."""
    program, *arguments = words[1:] if words[0] == "sudo" else words
    if program == "make":
        check_make(arguments, where)
    elif program in ("igd", "scripts/igd"):
        check_igd(arguments, where)
    elif program == "scripts/messages":
        assert arguments == ["--write"], where
    elif program == "git":
        assert re.fullmatch(r"am out/patches/([^/]+)/\*\.patch", " ".join(arguments))[1] \
            in RELEASES, where
    else:
        # tests/build/test_library.py builds and runs it.
        assert (program, arguments) in (
            ("cc", "-Iout/include -o out/plan docs/example.c out/libigd.a".split()),
            ("out/plan", "OPREGION-FILE 0x40000000 0x9a49 0x4000000".split())), where


@of_kind("commands")
def test_every_command_is_accepted(block):
    for words in block.commands:
        check_command(words, block)


# Commands that run the tests of a target whose names have a word in them.
SELECT = [(str(block), words) for block in BLOCKS if kind(block) == "commands"
          for words in block.commands if any("PYTEST_ARGS=-k " in word for word in words)]


@pytest.mark.parametrize("where, words", SELECT, ids=[" ".join(words) for _, words in SELECT])
def test_a_command_that_runs_some_tests_finds_them(where, words):
    folder = ROOT / "tests" / words[1].removeprefix("check-")
    done = subprocess.run([sys.executable, "-B", "-m", "pytest", "-p", "no:cacheprovider", "-q",
                           "--collect-only", "-k", words[2].partition("-k ")[2], folder],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{where}: {done.stdout}"


@of_spans(r"make [\w-]+|[A-Z_]+=")
def test_what_lines_say_of_make_is_so(where, line, text):
    words = text.removeprefix("make ").replace("-k NAME", "").replace('"', "").split()
    check_make([word for word in words if word not in FOREIGN], f"{where}:{line}")


@of_spans(r"igd [a-z]")
def test_what_lines_say_of_igd_is_so(where, line, text):
    words = text.split()[1:]
    parts = {name: part for name, (_, part) in manual.commands(cli.parser()).items()}
    assert words[0] in parts, f"{where}:{line}: expected one of {set(parts)}, got {words[0]}"
    options = {option for action in manual.arguments(parts[words[0]])
               for option in action.option_strings}
    assert {word for word in words if word.startswith("--")} <= options, f"{where}:{line}"


@functools.cache
def qemus_options():
    done = subprocess.run([QEMU, "-help"], capture_output=True, text=True, check=True)
    return set(re.findall(r"^(-[\w-]+)", done.stdout, re.M))


def options_of_igd():
    return {option for _, part in manual.commands(cli.parser()).values()
            for action in manual.arguments(part) for option in action.option_strings}


@of_spans(r"--?[a-z]")
def test_an_option_in_a_line_is_one_of_igd_or_qemu(where, line, text):
    name = text.split()[0]
    known = options_of_igd() if name.startswith("--") else qemus_options()
    assert name in known, f"{where}:{line}: {name}"


@of_spans(r"(x-[\w-]+|romfile|rombar|addr)(=|$)")
def test_a_property_in_a_line_is_in_the_guides_table(where, line, text):
    known = {row[0].strip("`").partition("=")[0] for row in page("guide.md").rows("QEMU's options")}
    assert {part.partition("=")[0] for part in text.split(",")} <= known, f"{where}:{line}"


@functools.cache
def said():
    """What the firmware says, and QEMU when it refuses a machine."""
    return "".join(path.read_text() for path in (
        ROOT / "src/igd/igd_messages.h", ROOT / "src/igd/igd_report.c",
        *sorted((ROOT / "tests/machine/machines").glob("*.cfg")),
        *sorted((ROOT / "src/seabios").glob("*.c"))))


@of_spans(r"(?!make |igd [a-z]|scripts/|-|<\w+ .*/>|[A-Z_]+=|.*[A-Z]{3,}\W)\S* ")
def test_what_else_has_several_words_in_a_line_is_said_or_was_looked_at(where, line, text):
    # A command of some other program would be such a one.
    assert text in OTHERS or text.removeprefix("+ ") in said(), \
        f"{where}:{line}: who checks {text!r}?"


def names_in(rows, column=0):
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row[column])}


def test_the_guide_shows_every_subcommand_of_igd():
    assert names_in(page("guide.md").rows("igd, the host tool")) - {"igd"} \
        == set(manual.commands(cli.parser()))


def test_testing_shows_every_target_that_checks_something():
    text = "\n".join(path.read_text() for path in [ROOT / "Makefile", *ROOT.glob("mk/*.mk")])
    targets = set(re.findall(r"^(check-[\w-]+|coverage|mutants|size|bench):.*##!? ", text, re.M))
    assert targets == {name for name in names_in(page("testing.md").rows("Targets"))
                       if "=" not in name and name != "target"}


def test_every_variable_of_make_is_explained():
    _, variables = makefile()
    shown = {text.partition("=")[0] for each in PAGES for _, text in each.spans if "=" in text} \
        | {word.partition("=")[0] for block in BLOCKS if kind(block) == "commands"
           for words in block.commands for word in words}
    # What builds the library is in a command's comment; DESTDIR packages know.
    assert variables - {"AR", "DESTDIR"} <= shown


# --- QEMU, libvirt, Proxmox VE ------------------------------------------------------------------

@of_kind("qemu")
def test_every_qemu_command_starts_a_guest_on_the_simulated_igd(block, out):
    (_, *arguments), = block.commands
    guest.starts(arguments, out, out / "docs" / str(block).replace("/", "-"))


@of_kind("arguments")
def test_arguments_by_themselves_are_qemus(block, out):
    guest.starts(["-machine", "pc", "-nodefaults", "-device", "vfio-pci,host=00:02.0,addr=2.0",
                  *block.commands[0]], out, out / "docs" / str(block).replace("/", "-"))


@of_kind("proxmox")
def test_proxmox_lines_start_a_guest_on_the_simulated_igd(block, out):
    lines = dict(line.split(": ", 1) for line in block.text.splitlines())
    guest.starts(guest.of_proxmox(lines), out, out / "docs" / str(block).replace("/", "-"))


@of_kind("domain")
def test_every_domain_is_valid(block, judges, tmp_path):
    path = tmp_path / "domain.xml"
    path.write_text(block.text)
    done = subprocess.run([judges / "usr/bin/xmllint", "--noout", "--relaxng",
                           judges / "usr/share/libvirt/schemas/domain.rng", path],
                          capture_output=True, text=True, check=False,
                          env=judges_environment(judges))
    assert done.returncode == 0, f"{block}: {done.stderr}"


def qemu_properties(root):
    return {item.get("name"): {"true": "on"}.get(item.get("value"), item.get("value"))
            for item in root.iter(f"{{{QEMU_NS}}}property")}


def test_readmes_domain_and_proxmox_lines_say_what_its_qemu_command_says():
    blocks = {kind(block): block for block in page("README.md").blocks}
    words = blocks["qemu"].commands[0]
    device = next(word for word in words if word.startswith("vfio-pci,host=00:02.0,addr=2.0,"))
    expected = dict(part.split("=") for part in device.split(",")[3:])
    assert qemu_properties(ElementTree.fromstring(blocks["domain"].text)) == expected
    # legacy-igd=1 is x-vga, too.
    lines = dict(line.split(": ", 1) for line in blocks["proxmox"].text.splitlines())
    got = dict(re.findall(r"-set device\.hostpci0\.(\S+?)=(\S+)", lines["args"]))
    assert got | {"x-vga": "on"} == expected and "legacy-igd=1" in lines["hostpci0"]


@of_kind("modprobe")
def test_modprobes_lines_bind_a_known_igd_before_its_drivers(block):
    first, *others = block.text.splitlines()
    device = re.fullmatch(r"options vfio-pci ids=8086:([0-9a-f]{4})", first)
    assert families.family(int(device[1], 16)).known
    assert others == [f"softdep {driver} pre: vfio-pci" for driver in ("i915", "xe")]


def parse_fragment(text):
    return ElementTree.fromstring(f"<all xmlns:qemu='{QEMU_NS}'>{text}</all>")


@of_kind("xml")
def test_pieces_of_a_domain_are_well_formed(block):
    assert set(qemu_properties(parse_fragment(block.text))) == {"x-igd-opregion"}


@of_spans(r"<\w+ .*/>$")
def test_an_element_in_a_line_is_well_formed(where, line, text):
    assert len(parse_fragment(text)) == 1, f"{where}:{line}"


def test_the_guide_says_which_qemu_has_which_property():
    done = subprocess.run([QEMU, "-device", "vfio-pci,help"], capture_output=True, text=True,
                          check=True)
    there = set(re.findall(r"^  ([\w-]+)=<", done.stdout, re.M)) | {"addr"}
    for row in page("guide.md").rows("QEMU's options")[1:]:
        name = re.match(r"`([\w-]+)=", row[0])
        if not name:
            break       # the second table
        since = (0, 0) if row[1] == "all" else tuple(map(int, row[1].split(".")))
        assert (name[1] in there) == (qemu_version() >= since), f"{QEMU}: {row[:2]}"
        expected = {"x-igd-lpc": LPC, "x-pci-class-code": CLASS_CODE}.get(name[1], since)
        assert since == expected


def given(out, folder, **machine):
    """What QEMU gives the firmware: (whether an OpRegion, etc/igd-bdsm-size in MiB or None)."""
    text = (Machine(out=out, firmware=out / "build/igd-256k/bios.bin", via="qemu",
                    opregion=opregion(vbt("MAILBOX4", 0x10CC)), **machine)
            .run(folder).folder / "firmware.log").read_text(errors="replace")
    stolen = re.search(r"igd: stolen memory of \d+ MiB at 0x(\w+)-0x(\w+)", text)
    size = (int(stolen[2], 16) + 1 - int(stolen[1], 16)) >> 20 if stolen else None
    if "no etc/igd-bdsm-size" in text:
        size = None     # the firmware goes by GMS
    return "igd: OpRegion at" in text, 0 if "etc/igd-bdsm-size is 0" in text else size


# What the simulated device's GMS says by itself is 32 MiB.
@pytest.mark.parametrize("row, machine", (
    ("`pc` with a VBIOS", {"rom": True}), ("`pc` without one", {}), ("`q35`", {"machine": "q35"}),
    ("class 0380h", {"class_code": 0x0380}),
    ("class 0380h", {"class_code": 0x0380, "machine": "q35"}),
    ("Meteor Lake", {"device": 0x7D55}), ("Meteor Lake", {"device": 0x64A0, "machine": "q35"})))
def test_the_guide_says_what_qemu_gives(row, machine, out, tmp_path):
    rows = page("guide.md").rows("QEMU's options")
    versions = [tuple(map(int, text.split("."))) for text in next(
        cells[1:] for cells in rows if not cells[0])]
    # One between two is taken for the older one.
    column = max(number for number, since in enumerate(versions, 1) if since <= qemu_version())
    cell = next(cells[column] for cells in rows if cells[0].startswith(row))
    if "rom" in machine:
        machine = machine | {"rom": stand_in(out)}
    got = given(out, tmp_path / "machine", options=",x-igd-opregion=on", **machine)
    size = re.search(r"[Ss]ize: (GMS|that of the GTT, 8 MiB|0)", cell)
    size = {"GMS": 32, "0": 0}.get(size[1], 8) if size else None
    said_so = not cell.startswith(("nothing", "Gen6 to Gen9 as 10.0")), size
    assert got == said_so, f"{row}: the guide says {cell!r}"


def test_qemu_refuses_legacy_vga_for_class_0380_as_troubleshooting_says(out, tmp_path):
    result = Machine(out=out, firmware=out / "build/igd-256k/bios.bin", via="qemu",
                     class_code=0x0380, options=",x-vga=on").run(tmp_path / "machine")
    messages_there = names_in(page("troubleshooting.md").rows("QEMU does not start"))
    said_by_qemu = (result.folder / "qemu.log").read_text()
    assert any(text in said_by_qemu for text in messages_there), said_by_qemu


# --- C ------------------------------------------------------------------------------------------

@of_kind("c", "row")
def test_every_piece_of_c_compiles(block, tmp_path):
    text = block.text
    if kind(block) == "row":
        text = "#include \"igd.h\"\n#define IGD_FAMILY(id_, mask_, gen_, gms_, ...) " \
            "{ .id = id_, .mask = mask_, .gen = gen_, .gms = gms_ },\n" \
            f"const struct igd_family rows[] = {{\n{text}\n}};"
    path = tmp_path / "snippet.c"
    path.write_text(text + "\n")
    done = subprocess.run(["gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
                           f"-I{ROOT}/src/igd", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{block}: {done.stderr}"


def test_the_example_of_a_new_generation_is_one():
    row, = (block for block in BLOCKS if kind(block) == "row")
    identity, mask = (int(number, 16) for number in re.findall(r"0x[0-9a-f]+", row.text)[:2])
    assert identity & mask == identity and not families.family(identity).known


# --- the log ------------------------------------------------------------------------------------

# What stands for a value in the forms of lines.
PLACES = ("BDF", "VENDOR", "DEVICE", "CLASS", "NAME", "MAJOR", "MINOR", "SIZE", "BYTES", "MASK",
          "OFFSET", "FIRST", "LAST", "VALUE", "REGISTER", "WHY", "SOURCE", "CAUSE", "CURE", "HOW",
          "HELD", "SEGMENT")


def quoted():
    """[(Block, line without "igd: ")]."""
    return [(block, line.removeprefix("igd: ")) for block in BLOCKS if kind(block) == "log"
            for line in block.text.splitlines()]


@of_kind("log")
def test_every_line_of_the_log_that_is_quoted_is_the_firmwares(block):
    if block.page.endswith("/messages.md"):
        return      # the next test
    assert all(line.startswith("igd: ") for line in block.text.splitlines()), block
    unknown = log.read(block.text).unknown
    assert not unknown, f"{block}: the firmware does not say {unknown}"


def test_messages_shows_the_firmwares_lines():
    done = subprocess.run([ROOT / "scripts/messages"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_messages_has_every_message_in_the_headers_order():
    codes = re.findall(r"^### (IGD_\w+)$", page("messages.md").path.read_text(), re.M)
    assert codes == list(messages.messages())


@pytest.mark.parametrize("code", messages.messages())
def test_every_message_has_symptom_cause_and_cure(code):
    stanza = page("messages.md").path.read_text().partition(f"### {code}\n")[2].partition("\n#")[0]
    assert re.findall(r"^- (\w+): ", stanza, re.M) == ["Symptom", "Cause", "Cure"], stanza


def test_the_forms_of_lines_are_those_of_the_examples():
    rows = page("firmware-interface.md").rows("The log")
    rows = itertools.takewhile(lambda row: row[0] != "state", rows[1:])
    forms = [row[0].strip("`").replace(r"\|", "|") for row in rows]
    assert len(forms) == 12
    for text in forms:
        pattern = re.sub("|".join(PLACES), ".+", re.escape(text)).replace("GenN", r"Gen\d+")
        pattern = re.sub(r"(\w+(?:\\\|\w+)+)", lambda found: f"({found[1]})".replace("\\|", "|"),
                         pattern)
        assert any(re.fullmatch(pattern, line) for _, line in quoted()), f"no example of {text!r}"


def test_the_interfaces_example_of_a_log_is_that_of_such_a_machine(out, tmp_path):
    example = next(block.text for block in BLOCKS if block.page.endswith("/firmware-interface.md")
                   and block.text.startswith("igd: device"))
    machine = Machine(out=out, firmware=out / "build/igd-256k/bios.bin", via="qemu",
                      opregion=opregion(vbt("COFFEELAKE", 0x10CC)),
                      rom=stand_in(out, device_list=(0x3E92,), lpc=0xA305),
                      options=",x-igd-gms=2", extra=[*command.LPC_DEVICE, *command.AHCI_DEVICE])
    text = (machine.run(tmp_path / "machine").folder / "firmware.log").read_text(errors="replace")
    lines = [line.rstrip() for line in text.splitlines() if line.startswith("igd: ")]
    if qemu_version() < SIZE:
        # It adds the GTT's 8 MiB, which the firmware notes.
        lines = [re.sub(r"(?<=0x)3b[78]\w{5}", lambda found: f"{int(found[0], 16) + (8 << 20):x}",
                        line).replace("of 72 MiB", "of 64 MiB")
                 for line in lines if "GMS says" not in line]
        # In legacy mode it wants the host's address from the VBIOS.
        assert lines.pop() == "igd: + QEMU rewrites the GTT"
        lines = [line.replace("set to 0x7b800000", "set to 0x3c000000") for line in lines]
    assert "\n".join(lines) == example


def test_the_guides_drawing_is_of_that_machine():
    example, drawing = (next(block.text for block in BLOCKS if re.match(start, block.text))
                        for start in ("igd: device", KINDS["drawing"]))
    stolen, opregion_at = (re.search(rf"{name}(?: of 64 MiB)? at (0x\w+)-", example)[1]
                           for name in ("stolen memory", "OpRegion"))
    assert f"{stolen}  +--" in drawing and f"0: {stolen} " in drawing
    assert f"{opregion_at}  +--" in drawing


@pytest.mark.parametrize("name", messages.says())
def test_the_interface_shows_every_line_of_what_was_done(name):
    lines = [line for block, line in quoted() if block.page.endswith("/firmware-interface.md")]
    assert any(log.status_lines()[name].fullmatch(line) for line in lines), f"no example of {name}"


# --- tables -------------------------------------------------------------------------------------

def test_stock_seabios_faults_are_numbered_as_the_symptoms_say():
    _, *rows = page("troubleshooting.md").rows("What stock SeaBIOS gets wrong")
    assert [row[0] for row in rows] == [str(number) for number in range(1, 12)]
    assert all(all(row) for row in rows)
    named = [re.search(r"\(#what-stock-seabios-gets-wrong\), (\d+)$", row[1])
             for row in page("troubleshooting.md").rows("Symptoms")]
    assert {found[1] for found in named if found} == {"3", "4", "6", "10"}


def test_the_guide_shows_targets_of_make_for_packages():
    assert names_in(page("guide.md").rows("Installing")) - {"target"} \
        == {"dist", "deb", "rpm-spec", "pkgbuild"} <= makefile()[0]


def test_the_interface_shows_every_switch():
    names = re.findall(r'\] = \{ "(igd-[\w-]+)", ', (ROOT / "src/igd/igd_switch.c").read_text())
    assert len(names) == 7
    assert names_in(page("firmware-interface.md").rows("Switches")) == set(names)


def test_the_interface_shows_every_register():
    shown = " ".join(" ".join(row) for row in page("firmware-interface.md").rows("Registers"))
    text = (ROOT / "src/igd/igd_regs.h").read_text()
    for values in re.findall(r"^#define IGD_(?:REG|MMIO)_\w+ +((?:0x\w+(?:, )?)+)", text, re.M):
        for value in values.split(", "):
            assert f"{int(value, 16):X}h" in shown, value


def test_the_guide_shows_every_family_in_the_row_of_its_generation():
    rows = {row[0]: row for row in page("guide.md").rows("Generations")}
    for family in families.FAMILIES:
        row = rows[str(family.gen)]
        assert family.name in row[1] and row[2] == f"{family.bdsm_register:X}h", (family, row)


def test_porting_shows_every_release():
    rows = page("porting.md").rows("For those who carry patches")
    assert {row[0] for row in rows[1:]} == set(RELEASES)


def test_pages_name_the_release_that_make_builds():
    tested = {row[0]: row[1] for row in page("README.md").rows("Tested")}
    assert tested["SeaBIOS"].startswith(f"{RELEASES[0]}, ")
    assert f"\nfor {RELEASES[0]}, the first release" in page("design.md").path.read_text()


def test_anchors_are_githubs():
    assert anchor(" Three ways, `x`: a-b") == "three-ways-x-a-b"
