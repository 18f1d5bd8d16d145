"""Fusion tables: order, strand and support."""

from itertools import permutations

import pytest

EML4_6, EML4_13 = "chr2:42264731:+", "chr2:42295516:+"
KIF5B_24, ALK_20 = "chr10:32017142:-", "chr2:29223528:-"


def test_equal_calls_of_two_partners_give_one_answer_in_any_order(desk):
    rows = [("EML4", EML4_13, "ALK", ALK_20, 10), ("KIF5B", KIF5B_24, "ALK", ALK_20, 10)]
    told = {
        desk.report(fusions=[desk.fusions(*order)], assay=None).headline
        for order in permutations(rows)
    }
    assert len(told) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [(EML4_6, ALK_20.replace("-", "+")), (EML4_6.replace("+", "-"), ALK_20)],
    ids=["ALK antisense", "EML4 antisense"],
)
def test_a_gene_joined_in_antisense_is_not_in_frame_without_a_doubt(desk, left, right):
    made = desk.report(fusions=[desk.fusions(("EML4", left, "ALK", right, 41))], assay=None)
    fusion = made.tumour.fusion
    doubts = {c.code for c in made.caveats if c.code.startswith(("fusion", "row"))}
    assert fusion is None or fusion.in_frame is not True or doubts or made.conflicts
