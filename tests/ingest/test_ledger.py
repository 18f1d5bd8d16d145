"""Every row is used or set aside: the account always adds up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alkanet.errors import InputError
from alkanet.ingest.ledger import FIRST_ROWS, MAX_REASONS, Ledger, RowFault


def test_account_holds_first_twenty_rows_and_all_counts():
    ledger = Ledger("a.vcf", "VCF")
    for line in range(1, 41):
        ledger.set_aside(line, "outside")
    ledger.use(41)
    account = ledger.account("0" * 64)
    assert (account.rows, account.used) == (41, 1)
    assert account.set_aside[0].count == 40
    assert account.set_aside[0].rows == tuple(range(1, FIRST_ROWS + 1))
    assert ledger.all_rows() == {"outside": tuple(range(1, 41))}


def test_a_used_row_may_be_set_aside_later_and_the_first_reason_stays():
    ledger = Ledger("a.vcf", "VCF")
    for line in (3, 4, 5):
        ledger.use(line)
    ledger.set_aside(6, "outside")
    ledger.close()
    ledger.set_aside(4, "REF mismatch", gene="ALK")
    ledger.set_aside(4, "another reason")
    assert ledger.all_rows() == {"outside": (6,), "REF mismatch": (4,)}
    assert (ledger.rows, ledger.used) == (4, 2)
    assert [(row.line, row.gene) for row in ledger.touched] == [(4, "ALK")]


def test_a_row_that_was_never_read_cannot_be_set_aside():
    ledger = Ledger("a.vcf", "VCF")
    ledger.use(1)
    ledger.close()
    with pytest.raises(ValueError, match=r"a\.vcf:9"):
        ledger.set_aside(9, "anything")


def test_many_kinds_of_fault_do_not_fill_the_account():
    ledger = Ledger("a.maf", "MAF")
    for line in range(1, 1001):
        ledger.set_malformed(line, RowFault("Start_Position", f"x{line}", "a whole number"))
    assert ledger.rows == 1000
    assert len(ledger.all_rows()) == MAX_REASONS + 1
    with pytest.raises(InputError, match="1000 of 1000 rows are malformed"):
        ledger.check_is_what_it_claims(remedy="Look.")


def test_touched_rows_are_told_singly_up_to_twenty_of_a_kind():
    ledger = Ledger("a.vcf", "VCF")
    for line in range(1, 101):
        fault = RowFault("POS", f"x{line}", "a whole number")
        ledger.set_malformed(line, fault, gene="ALK")
    ledger.use(101)
    ledger.note(101, "in part: ALT <DEL> is a symbolic allele", gene="ALK")
    assert [row.line for row in ledger.touched] == [*range(1, FIRST_ROWS + 2), 101]
    assert "in 79 more row(s)" in ledger.touched[FIRST_ROWS].reason
    assert ledger.used == 1


def test_touched_rows_of_many_kinds_stay_bounded():
    ledger = Ledger("a.vcf", "VCF")
    for line in range(1, 10_001):
        ledger.set_aside(line, f"reason {line}", gene="ALK")
    assert len(ledger.touched) == MAX_REASONS + FIRST_ROWS + 1


@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.sampled_from([None, "a", "b", "c"])),
        max_size=200,
    )
)
def test_any_order_of_use_and_set_aside_adds_up(steps):
    ledger = Ledger("a", "VCF")
    first: dict[int, str] = {}
    for line, reason in steps:
        if reason is None:
            ledger.use(line)
        else:
            ledger.set_aside(line, reason)
            first.setdefault(line, reason)
    seen = {line for line, _ in steps}
    assert ledger.rows == len(seen)
    assert ledger.used == len(seen - set(first))
    by_reason = {r: tuple(sorted(n for n, f in first.items() if f == r)) for r in first.values()}
    assert ledger.all_rows() == by_reason
    assert ledger.account("0").rows == len(seen)
