"""Calendar entries as `announcer` writes them: "Ada Example (EXU): On codes", with who she is below."""

from __future__ import annotations

from announcer.importers.findings import Findings

PRODUCT = "-//announcer//"


def read_entry(summary: str, description: str, findings: Findings) -> bool:
    """Puts title, speakers and abstract into what is found; False where the entry is of another form."""
    blocks = [block for block in description.split("\n\n") if block.strip()]
    at = next(
        (index for index in (1, 2) if index < len(blocks) and _names_speakers(blocks[index], summary)), None
    )
    if at is None:
        return False
    last = 0
    for line in blocks[at].split("\n"):
        name, _, affiliation = line.partition(", ")
        findings.speaker(name.strip(), "DESCRIPTION", affiliation=affiliation.strip() or None)
        last = max(last, summary.find(name.strip()) + len(name.strip()))
    _, colon, title = summary[last:].partition(": ")
    if colon and not summary.startswith(f"{blocks[0].strip()}: "):
        findings.put("title", title, "SUMMARY")
    if at == 2:
        findings.put("notice", blocks[1], "DESCRIPTION")
    findings.put("abstract", "\n\n".join(blocks[at + 1 :]), "DESCRIPTION")
    return True


def _names_speakers(block: str, summary: str) -> bool:
    """Whether each line begins with a name that the title line has too."""
    names = [line.partition(", ")[0].strip() for line in block.split("\n")]
    return all(name and name in summary for name in names)
