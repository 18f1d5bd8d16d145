"""A small valid knowledge folder, written for one test and then edited.

The parts that no test invents (gene tables, caveat texts, response rules) are copied from
``knowledge/``; the drugs, sources and values are made up and small.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from alkanet.kb.check import check
from alkanet.kb.compile import compile_knowledge
from alkanet.kb.load import load_knowledge
from alkanet.kb.query import KnowledgeBase
from alkanet.kb.schema import MeasurementRow
from alkanet.text_yaml import read_text_yaml

ROOT = Path(__file__).parents[1]
KNOWLEDGE = ROOT / "knowledge"
COPIED = (
    "version.yaml",
    "grades.yaml",
    "other-drugs.yaml",
    "terms.yaml",
    "genes",
    "fusions",
    "messages",
    "sensitivity",
)
COLUMNS = tuple(MeasurementRow.model_fields)


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


class KnowledgeFolder:
    """A folder with one source (``base-2020``) and three drugs; ``neladalkib`` has no cut."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        for name in COPIED:
            if (KNOWLEDGE / name).is_dir():
                shutil.copytree(KNOWLEDGE / name, root / name)
            else:
                shutil.copy(KNOWLEDGE / name, root / name)
        version = (root / "version.yaml").read_text(encoding="utf-8")
        (root / "version.yaml").write_text(f"{version}whole: no\n", encoding="utf-8")
        self._rows: list[dict[str, str]] = []
        self.measure()
        self.drug("alectinib", brand_names=["Alecensa"], code_names=["AF802"], cut=(2, 8))
        self.drug("lorlatinib", brand_names=["Lorbrena"], cut=(40, 160))
        self.drug("neladalkib", code_names=["NVL-655"])
        self.source("base-2020", self.claim("base-2020", "", "alectinib", +1, "trial"))
        self.patient()

    def patient(self, **changes):
        """Write the rules of the patient's level: those of ``knowledge/`` without any group."""
        rules = read_text_yaml(KNOWLEDGE / "patient" / "rules.yaml").value
        for part in ("cns", "groups", "calibration"):
            rules.pop(part)
        for state in rules["states"]:
            state.pop("groups", None)
        self.write("patient/rules.yaml", {**rules, **changes})
        self.write("strategy/weights.yaml", (KNOWLEDGE / "strategy" / "weights.yaml").read_text())

    def drug(self, name, *, cut=None, **fields):
        value = {"id": name, "status": "approved somewhere", "in_review": "true", **fields}
        if cut:
            value["cut"] = {
                "sensitive_up_to": str(cut[0]),
                "resistant_from": str(cut[1]),
                "reason": "made up for a test",
                "anchors": ["base-2020.wild-type-alectinib"],
            }
        return self.write(f"therapies/{name}.yaml", value)

    def claim(self, source, haplotype, drug, towards, evidence="cells", **fields):
        """Return a claim; ``towards`` is +1 for sensitivity and -1 for resistance."""
        name = haplotype.lower().replace(" ", "-") or "wild-type"
        sensitive = towards > 0
        return {
            "id": f"{source}.{name}-{drug}",
            "profile": {"cis": haplotype.split("+") if haplotype else []},
            "therapy": drug,
            "predicate": "predictsSensitivityTo" if sensitive else "predictsResistanceTo",
            "evidence": evidence,
            "says": "Made up for a test.",
            "locator": "text",
            "certainty": "verified",
            **fields,
        }

    def source(self, name, *claims, kind="laboratory", **fields):
        value = {
            "id": name,
            "citation": f"Some Body, {name}",
            "year": name.rpartition("-")[2],
            "kind": kind,
            **fields,
        }
        return self.write(f"sources/{name}.yaml", {"source": value, "claims": list(claims)})

    def measure(self, *rows):
        """Add rows ``(source, haplotype, drug, ic50)`` with further columns as a fifth item."""
        for source, haplotype, drug, ic50, *more in rows:
            fields = dict(more[0]) if more else {}
            assay = fields.get("assay", "cell viability")
            name = (haplotype or "wild type").lower().replace(" ", "-")
            row = {
                "id": f"{source}.{name}-{drug}-{len(self._rows)}",
                "source": source,
                "panel": f"{source}/{assay.replace(' ', '-')}",
                "haplotype": haplotype or "wild type",
                "therapy": drug,
                "ic50_nM": str(ic50),
                "relation": "=",
                "assay": assay,
                "cell_line": "Ba/F3",
                "expressed": "EML4::ALK v1",
                "locator": "table 1",
                "certainty": "verified",
            }
            self._rows.append(row | fields)
        lines = ["# made up", "\t".join(COLUMNS)]
        lines += ["\t".join(row.get(column, "") for column in COLUMNS) for row in self._rows]
        return self.write("measurements/ic50.tsv", "\n".join(lines) + "\n")

    def write(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not isinstance(content, str):
            content = yaml.dump(content, sort_keys=False, allow_unicode=True, Dumper=_Plain)
        path.write_text(content, encoding="utf-8")
        return path

    def edit(self, name, old, new):
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    def accept_disagreements(self):
        """Name what the tests make up on purpose as exceptions, as a curator would.

        They set patients against cells, and let one paper tell what another told.
        """
        (self.root / "exceptions.yaml").unlink(missing_ok=True)
        accepted: dict[str, list[str]] = {}
        for fault in check(load_knowledge(self.root)):
            if "every fold change" in fault.found:
                accepted.setdefault("direction against fold change", []).append(fault.field)
            elif "says already" in fault.found:
                name = fault.found.split(" ", 1)[0]
                accepted.setdefault("value of one source twice", []).append(name)
        entries = [{"rule": r, "ids": i, "reason": "on purpose"} for r, i in accepted.items()]
        if entries:
            self.write("exceptions.yaml", {"exceptions": entries})

    def compile(self) -> KnowledgeBase:
        self.accept_disagreements()
        target = self.root.with_suffix(".sqlite")
        self.hash = compile_knowledge(self.root, target)
        return KnowledgeBase(target)
