"""Every code block of the documentation does what the page says."""

import re

import pytest

from tests.docs.blocks import ROOT, Folder, blocks, commands, execute

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_of_the_page_is_true(page, tmp_path):
    folder = Folder(tmp_path)
    names: dict[str, object] = {}
    wrong = [(block.line, execute(block, folder, names)) for block in blocks(page.read_text())]
    report = "\n".join(f"{page.name}, line {line}:\n{problem}" for line, problem in wrong if problem)
    assert not report, report


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_the_page_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text())
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (page.parent / link).exists()] == []


def test_a_false_block_is_noticed(tmp_path):
    folder = Folder(tmp_path)
    page = "```console\n$ echo one\ntwo\n```\n```toml\nexactfact = 2\n```\n```python\nassert True\n```\n```wat\n```\n"
    found = [bool(execute(block, folder, {})) for block in blocks(page)]
    assert found == [True, True, False, True]


def test_a_command_goes_on_after_a_backslash():
    (block,) = blocks("```console\n$ echo a \\\n  b\na b\n$ true\n```\n")
    assert commands(block) == [("echo a \\\n  b", "a b\n"), ("true", "")]


def test_the_readme_installs_in_two_commands_and_fits_its_screens():
    page = (ROOT / "README.md").read_text()
    shell = [block for block in blocks(page) if block.info == "sh"]
    lines = [line for block in shell for line in block.lines]
    assert len(lines) == 2, lines
    assert all(line.startswith("pip install ") for line in lines)
    script = (ROOT / ".ci" / "run").read_text()
    assert "readme_command 1" in script
    assert "readme_command 2" in script
    assert [line for line in page.splitlines() if line.startswith("pip install ")] == lines
