"""What is known of one haplotype, as people spell it, and each drug: no files, no patient."""

from __future__ import annotations

from alkanet.kb.query import KnowledgeBase
from alkanet.model.alteration import Genome
from alkanet.model.caveat import Caveat
from alkanet.model.lookup import Lookup, LookupResponse
from alkanet.model.provenance import Provenance
from alkanet.model.response import named_sources
from alkanet.normalise.hgvs import parse_haplotype
from alkanet.normalise.protein_change import ProteinChange
from alkanet.normalise.roles import VariantNames, split_by_role
from alkanet.sensitivity import predict_one
from alkanet.version import __version__

__all__ = ["look_up"]


def look_up(
    haplotype: str,
    *,
    kb: KnowledgeBase,
    fusion: str | None = None,
    drugs: tuple[str, ...] = (),
) -> Lookup:
    """Return what is known of one haplotype, as people spell it, and each drug.

    Raises
    ------
    InputError
        Where the haplotype is impossible, or a fusion or drug is not known.
    """
    transcript = kb.transcript("ALK", Genome.GRCH38)
    assert transcript is not None, "kb check holds ALK on both builds"
    names = VariantNames.of(kb)
    stated = parse_haplotype(haplotype, transcript)
    scored, others = split_by_role(stated, names, transcript)
    asked = scored if scored.mutations else stated
    known = kb.known_mutations()
    rules = kb.response_rules()
    therapies = tuple(kb.therapy_named(drug) for drug in drugs) or kb.therapies()
    responses = tuple(predict_one(asked, therapy, kb, rules) for therapy in therapies)
    caveats = [kb.caveat("unknown-mutation", name) for name in asked.mutations if name not in known]
    if asked != stated:
        caveats.extend(_left_out(others, names, kb))
    named = _canonical_fusion(fusion, kb) if fusion else None
    if named is not None:
        caveats.append(kb.caveat("fusion-not-weighed", named))
    return Lookup(
        haplotype=str(asked),
        fusion=named,
        provenance=Provenance(software=__version__, knowledge=kb.version, as_of=None),
        responses=tuple(
            LookupResponse(
                **dict(response), p=response.p_response.median if response.p_response else None
            )
            for response in responses
        ),
        caveats=(*caveats, kb.caveat("alk-driven-assumed", str(asked))),
        drugs=therapies,
        sources=kb.sources(named_sources(responses)),
    )


def _left_out(
    others: tuple[ProteinChange, ...], names: VariantNames, kb: KnowledgeBase
) -> list[Caveat]:
    """Return a caveat for each change that stands beside the scored ones and is not weighed."""
    return [
        kb.caveat(
            "germline-difference" if change.name in names.germline else "listed-not-scored",
            change.name,
        )
        for change in others
    ]


def _canonical_fusion(text: str, kb: KnowledgeBase) -> str:
    from alkanet.normalise.transcript import TranscriptSet
    from alkanet.normalise.typed_fusion import canonical_fusion

    transcripts = TranscriptSet.of(kb.transcripts(), kb.cryptic_exons())
    return canonical_fusion(text, kb.fusion_variants(), transcripts)
