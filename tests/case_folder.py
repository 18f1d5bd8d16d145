"""A case in a folder, with files in real formats, written for one test."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from alkanet.pipeline import LooseInputs, make_report

VCF_HEADER = (
    "##fileformat=VCFv4.2\n##contig=<ID=chr2,length=242193529>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tT\n"
)
FUSION_HEADER = (
    "#FusionName\tJunctionReadCount\tSpanningFragCount\tLeftGene\tLeftBreakpoint\tRightGene\t"
    "RightBreakpoint\tannots\n"
)
ROWS = {
    "I1171N": ("29222347", "A", "T"),
    "C1156Y": ("29222392", "C", "T"),
    "L1196M": ("29220765", "G", "T"),
    "L1198F": ("29220759", "G", "A"),
    "G1202R": ("29220747", "C", "T"),
    "D1160H": ("29222381", "C", "G"),
}
"""Changes of one base on GRCh38, as a VCF writes them."""


class CaseFolder:
    """Write files, then ``report()``; the assay reads the kinase domain unless told otherwise."""

    def __init__(self, root: Path, kb) -> None:
        self.root, self.kb = root, kb
        root.mkdir(parents=True, exist_ok=True)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def vcf(self, *names, file="tumour.vcf", keys="GT:AD:DP", value="0/1:300,40:340"):
        rows = [ROWS[name] if isinstance(name, str) else name for name in names]
        lines = [f"chr2\t{p}\t.\t{r}\t{a}\t.\tPASS\t.\t{keys}\t{value}" for p, r, a in rows]
        return self.write(file, VCF_HEADER + "".join(line + "\n" for line in lines))

    def fusions(self, file="fusions.tsv"):
        row = "EML4--ALK\t41\t23\tEML4^E\tchr2:42264731:+\tALK^E\tchr2:29223528:-\t.\n"
        return self.write(file, FUSION_HEADER + row)

    def typed(self, *rows, file="typed.tsv"):
        return self.write(file, "\n".join(["kind\tfinding", *map("\t".join, rows)]) + "\n")

    def case(self, *, specimens=None, file="case.yaml", covers=True, **fields):
        """Write the case file; by default one specimen with the files that stand here."""
        here = {path.name for path in self.root.iterdir()}
        files = {
            "variants": [n for n in ("tumour.vcf",) if n in here],
            "fusions": [n for n in ("fusions.tsv",) if n in here],
            "calls": [n for n in ("typed.tsv",) if n in here],
        }
        one = {"id": "biopsy", "kind": "tissue", "files": files}
        if covers:
            one["assay"] = {"covers": ["ALK kinase domain"]}
        value = {"schema_version": "1", "id": "case-1", "specimens": specimens or [one], **fields}
        value = json.loads(json.dumps(value))  # nothing shared: YAML would write an anchor
        return self.write(file, yaml.safe_dump(value, sort_keys=False, allow_unicode=True))

    def report(self, **fields):
        return make_report(self.case(**fields), LooseInputs(), self.kb)


def calls_of(report):
    return {(r.haplotype, r.drug): r.call.value for r in report.haplotype_responses}


def codes(report):
    return {caveat.code for caveat in report.caveats}
