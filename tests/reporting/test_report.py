"""The LaTeX report as text: accepted certificates only, same bytes, every verdict, every reason."""

import copy
import json
import re

import pytest

from exactfact.checker import check_certificate
from exactfact.proving import registry
from exactfact.reporting import LatexError, ReportRefused, latexmk, report
from exactfact.reporting.standing import behind
from exactfact.reporting.subject import Subject

from . import certificates


@pytest.mark.parametrize("name", certificates.ALL)
def test_the_certificates_of_these_tests_are_accepted(name):
    outcome = check_certificate(certificates.ALL[name]())
    assert outcome.accepted, [(c.id, c.expected, c.found) for c in outcome.claims if c.status != "accepted"]


@pytest.mark.parametrize("name", certificates.ALL)
def test_same_certificate_same_bytes(name, tmp_path):
    document = certificates.ALL[name]()
    text = report(document)
    shuffled = json.loads(json.dumps(dict(reversed(list(document.items())))))
    path = tmp_path / "a.json"
    path.write_text(json.dumps(shuffled), encoding="utf-8")
    assert report(path) == text
    assert report(path, tmp_path / "b.tex") == tmp_path / "b.tex"
    assert (tmp_path / "b.tex").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", certificates.ALL)
def test_the_source_is_ascii_and_its_braces_balance(name):
    text = report(certificates.ALL[name](), fragment=True)
    assert text.isascii()
    code = "\n".join(re.sub(r"(?<!\\)%.*", "", line) for line in text.splitlines())
    bare = re.sub(r"\\[{}]", "", code)
    assert bare.count("{") == bare.count("}")
    assert text.count(r"\begin{") == text.count(r"\end{")


def test_a_theorem_for_every_verdict_with_its_statement():
    text = report(certificates.kernel_zero())
    assert text.count(r"\begin{eftheorem}") == 3
    assert text.count(r"\begin{proof}") == 3
    assert r"\efstatement{4.2}~\efcite{ML17}" in text
    assert r"\textbf{\efanchor{4.2}} (injective lifted map)." in text
    assert r"\bibitem[ML17]{ML17}" in text
    assert r"N=3\cdot 2=6" in text


@pytest.fixture
def no_other_proofs(monkeypatch):
    monkeypatch.setattr(registry, "small_cases", frozenset)
    monkeypatch.setattr(registry, "formal", frozenset)


@pytest.mark.parametrize("name", certificates.ALL)
def test_every_verdict_says_what_stands_behind_it(name):
    text = report(certificates.ALL[name]())
    lines = re.findall(r"^\\efbehind\{(.*)\}$", text, re.MULTILINE)
    assert len(lines) == text.count(r"\begin{eftheorem}")
    for line in lines:
        parts = re.fullmatch(r"(?:[\d., a-z]+ \((?:[a-z]+(?: [a-z]+)?(?:, )?)+\)(?:; )?)+", line)
        assert parts, line
        assert all(rf"\efanchor{{{number}}}" in text for number in re.findall(r"\d+\.\d+[a-z]?", line))
        assert {word for held in re.findall(r"\((.*?)\)", line) for word in held.split(", ")} <= set(registry.STATUSES)


def test_the_statements_of_bounds_stand_behind_a_verdict_too(no_other_proofs):
    text = report(certificates.kernel_zero())
    assert r"\efbehind{0.3, 2.3, 4.2 (proved here)}" in text
    assert r"What stands behind a statement: \emph{paper}:" in text
    assert r"\efstanding{paper, proved here}" in text


def test_what_is_proved_by_the_other_rooms_is_said_for_a_verdict(monkeypatch):
    monkeypatch.setattr(registry, "small_cases", lambda: frozenset({"4.2"}))
    monkeypatch.setattr(registry, "formal", lambda: frozenset({"4.2"}))
    text = report(certificates.kernel_zero())
    assert r"\efbehind{0.3, 2.3 (proved here); 4.2 (proved here, small cases, formal)}" in text
    assert r"\emph{formal}:" in text


def test_a_name_of_the_user_is_no_claim(no_other_proofs):
    subject = Subject.of(certificates.kernel_zero())
    claim = {"id": "c9", "statement": "10.3b", "evidence": {"method": "pigeonhole", "leaf": "c0"}}
    assert behind(subject, [claim], ()) == "10.3b (proved here)"
    assert behind(subject, [{**claim, "evidence": {"rank": "c0"}}], ()) == "2.3, 10.3b (proved here)"


def test_a_statement_newer_than_the_registry_still_prints():
    subject = Subject.of(certificates.kernel_zero())
    claim = {"id": "c9", "statement": "99.1", "evidence": {}}
    assert behind(subject, [claim], ()) == "99.1 (not in the registry of this version)"


def test_claims_that_differ_in_the_field_are_one_theorem():
    text = report(certificates.tree())
    assert text.count(r"\begin{eftheorem}") == 2
    assert r"\begin{proof}[Proof \textup{\efclaim{claims~\efname{c1}, \efname{c2}, \efname{c3}}}]" in text


def test_a_witness_is_written_out_with_its_common_product():
    text = report(certificates.refuted_chain())
    assert "$(1,\\allowbreak 0)$ & $(0,\\allowbreak 1)$" in text
    assert r"\phi(h)=\phi(g)=\begin{pmatrix} 0 & 0 \\ 1 & 0 \\ 0 & 1 \\ 0 & 0 \end{pmatrix}" in text
    assert "$g_{1}$ is not a multiple of $h_{1}$" in text


def test_colliding_paths_are_two_sums():
    text = report(certificates.tree())
    assert "1+0+0&=1" in text
    assert "0+1+0&=1" in text


def test_undecided_properties_are_not_proved_and_say_why():
    text = report(certificates.refuted_chain())
    assert r"\efsection{Not proved}" in text
    assert r"over $\mathbb Q$, $\mathbb R$ and $\mathbb C$: \efopen{not proved}; nothing applies" in text
    assert "Tried: injectivity of the lifted map" in text


def test_huge_numbers_are_exact():
    text = report(certificates.long_chain())
    assert r"5^{20}=95\,367\,431\,640\,625" in text
    assert r"\mathbb Z/5^{20}" in text
    assert r"\mathbb Z/(5^{20}-1)" in report(certificates.long_chain(5**20 - 1))


def test_transfers_are_those_of_the_verdict():
    text = report(certificates.over_a_finite_field())
    assert r"\mathbb F_{7}" in text
    assert "it passes to" not in text
    proved = r"From $\mathbb C$ it passes to $\mathbb R$ and $\mathbb Q$ by \efstatement{0.3}"
    assert report(certificates.kernel_zero()).count(proved) == 3
    tree = report(certificates.tree())
    assert tree.count("it passes to") == 1
    assert r"From $\mathbb Q$ it passes to $\mathbb R$ and $\mathbb C$ by \efstatement{0.3}" in tree


def test_constants_of_a_network():
    assert r"\sigma_{\min}=\sqrt{\nu}=40\sqrt{10}" in report(certificates.dilated_chain())


def test_how_to_check():
    document = certificates.kernel_zero()
    text = report(document)
    assert "exactfact check CERT.json" in text
    assert document["digest"][:40] in text
    assert "exactfact 0.1.0" in text


def test_a_rejected_certificate_gets_no_report(tmp_path):
    document = copy.deepcopy(certificates.kernel_zero())
    document["claims"][1]["value"] = 5
    with pytest.raises(ReportRefused, match=r"claim c1: rejected: expected .*, found") as caught:
        report(document, tmp_path / "no.tex")
    assert [name for name, _, _ in caught.value.claims] == ["c1"]
    assert list(tmp_path.iterdir()) == []


def test_a_certificate_that_was_not_checked_gets_no_report():
    with pytest.raises(ReportRefused, match="not-checked"):
        report(certificates.kernel_zero(), limit=1)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "exactfact-certificate"}', "not json", "[" * 100_000, '"\ud800"']
)
def test_what_is_no_certificate_gets_no_report(text, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(ReportRefused):
        report(path)


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        report(tmp_path / "nothing.json")


def test_pdf_of_a_fragment_is_refused(tmp_path):
    with pytest.raises(ValueError, match="stand-alone"):
        report(certificates.kernel_zero(), tmp_path / "a.tex", fragment=True, pdf=True)


def test_without_latexmk_the_message_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(latexmk.shutil, "which", lambda _name: None)
    with pytest.raises(LatexError, match="latexmk was not found: install it"):
        report(certificates.kernel_zero(), tmp_path / "a.tex", pdf=True)
    assert (tmp_path / "a.tex").exists()


def test_duplicate_keys_and_floats_are_refused_like_by_the_checker(tmp_path):
    text = json.dumps(certificates.kernel_zero())
    for place, bad in enumerate(
        (text.replace('"seed": 0', '"seed": 0, "seed": 0'), text.replace('"seed": 0', '"seed": 0.0'))
    ):
        path = tmp_path / f"{place}.json"
        path.write_text(bad, encoding="utf-8")
        with pytest.raises(ReportRefused, match="not a certificate"):
            report(path)


def test_notes_are_not_trusted():
    document = certificates.kernel_zero()
    hostile = r"\input{/etc/passwd}"
    note = {**certificates.undecided("generic", "QQ", "why"), "property": hostile, "modulo": hostile}
    document["notes"] = [
        {},
        {"property": 1},
        {**note, "over": hostile},
        {**note, "tried": [3]},
        {"quantity": "x"},
        note,
    ]
    text = report(document)
    assert text.count(r"\efopen{not proved}") == 2  # in the summary, and in its section
    assert r"\input{/etc" not in text
    assert r"\textbackslash{}input\{/\allowbreak{}etc" in text


def test_the_picture_says_what_its_tones_mean():
    """The butterfly of `every family` is drawn in one tone: its parameters differ all the same."""
    text = " ".join(report(certificates.every_family()).split())
    assert "equal tones in one factor of several tones are equal parameters" in text
