"""What each verb of the house does to people outside it, and so who may set it going.

A verb is a public function that changes something, itself or by helpers. Whoever adds one says here what it does.
`tests/project/test_dortmund.py` finds those that are missing, and proves from the calls in the code that a model can
set nothing going that has an effect on citizens, and a job nothing that has effect in law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum


class Wirkung(StrEnum):
    """What a verb does to people outside the house."""

    RECHT = "recht"
    """Has effect in law for a citizen, or decides about them: a person does it, of the office or they themselves."""

    MITTEILUNG = "mitteilung"
    """Reaches a citizen without effect in law. The closed list of what a rule may do on its own is `FOR_RULES`."""

    INNEN = "innen"
    """Stays in the house, or shows what somebody has asked for."""


_RECHT = {
    "antrag.belege": "add_document",
    "antrag.clock": "set_deadline start_clock stop_deadlines",
    "antrag.closing": "close forward record_appeal reopen settle_appeal withdraw",
    "antrag.correcting": "accept refuse request",
    "antrag.deciding": "confirm sign",
    "antrag.delivered": "fetch",
    "antrag.dispatch": "fetched note_arrival note_return send",
    "antrag.facts": "confirm_facts confirm_rows replace_values state_facts",
    "antrag.filling": "save_people submit withdraw apply_formless",
    "antrag.intake": "hand_in name_person record_paper",
    "antrag.judging": "judge",
    "antrag.letters": "release",
    "antrag.personal_data": "give_out",
    "antrag.settling": "choose_side confirm_undisputed settle_fact",
}
_MITTEILUNG = {
    "antrag.deadlines": "remind",
    "antrag.dispatch": "confirm_receipt",
    "antrag.messages": "write",
    "register.incidents": "answer publish report",
    "base.notify.services": "send_mail",
}
_INNEN = {
    "antrag.assigning": "assign begin resubmit seen",
    "antrag.belege": "mark_checked read remove_document set_kind",
    "antrag.calls": "ask_for_call mark_called",
    "antrag.casework": "note_view write_note",
    "antrag.checking_words": "note_checked",
    "antrag.closing": "resume",
    "antrag.comparing": "compare_file",
    "antrag.configuring": "configure offer",
    "antrag.deciding": "prepare send_back",
    "antrag.deleting": "delete_case hold lift",
    "antrag.doing": "perform",
    "antrag.drafts": "delete_abandoned discard",
    "antrag.exporting": "export_case",
    "antrag.facts": "fill_draft",
    "antrag.filling": "adopt begin choose_delivery save_answers send_later",
    "antrag.intake": "next_number renew_code start_draft",
    "antrag.letters": "discard draft edit redraft reword withdraw_release",
    "antrag.messages": "mark_read",
    "antrag.preparing": "prepare_decision",
    "antrag.proposing": "add_pointed renew_proposals",
    "antrag.reading_again": "read_again",
    "antrag.recomputing": "begin look_for_changes run",
    "antrag.reversing": "record_first_decision",
    "antrag.settling": "assign_proposals leave_disputed reject_proposal",
    "antrag.textbausteine": "delete_block save_block",
    "antrag.voiding": "void void_after_edit",
    "gateway.declaring": "enter_all release_public withdraw_public",
    "gateway.disclosing": "decide_disclosure read_content request_disclosure",
    "gateway.keys": "create_machine_key create_own_key revoke_key",
    "gateway.purposes": "set_up",
    "gateway.registry": "block_model release_model request_release save_model",
    "gateway.tools": "decide_tool_call",
    "leitlinie.acknowledging": "acknowledge record_training remove_training",
    "leitlinie.adopting": "adopt_version withdraw_adoption",
    "leitlinie.assessing": "show_proof take_snapshot withdraw_proof",
    "leitlinie.beginning": "begin_version",
    "leitlinie.clauses": "decide_clause put put_first remove_clause",
    "leitlinie.contributing": "contribute settle",
    "leitlinie.goals": "add_value close_goal save_goal save_mission",
    "leitlinie.finding": "read",
    "leitlinie.importing": "begin_from_reading begin_reading decide_reading discard_reading",
    "leitlinie.sourcing": "put_into_wissen",
    "leitlinie.submitting": "discard_version return_version sign_version submit_version",
    "leitlinie.telling": "note_what_holds remind_offices remind_readers",
    "leitlinie.towns": "state_town",
    "leitlinie.training": "record_list",
    "regelwerk.changes": "propose_change release_change withdraw_change",
    "register.classifying": "classify_entry",
    "register.configuring": "configure",
    "register.declaring": "declare",
    "register.doing": "perform trace",
    "register.entries": "change_entry create_entry publish_version",
    "register.evaluating": "evaluate_file evaluate_rows fix_plan",
    "register.figures": "book_counted set_months",
    "register.founding": "register_own_parts",
    "register.importing": "assign begin take_over",
    "register.incident_mail": "remind",
    "register.incident_retention": "delete_personal",
    "register.incidents": "add_measure assess close finish_measure reopen tell_authority",
    "register.papers": "begin_papers complete_paper write_paper",
    "register.rating": "load_cases rate",
    "register.releasing": "ask_release ask_renewal decommission examine publish release release_renewal send_back "
    "suspend suspend_by_rule try_out",
    "register.subscribing": "subscribe unsubscribe",
    "simulation.runs": "run",
    "simulation.services": "cancel_simulation delete_expired delete_simulation note_export start_simulation",
    "wissen.answers": "ask ask_anywhere delete_expired delete_own",
    "wissen.index": "embed renew",
    "wissen.sources": "add_source read release_source withdraw_source",
    "wissen.spaces": "save_space",
    "wissen.taking_in": "take_in",
    "wissen.vocabulary": "delete_entry save_entry",
    "base.accounts.demo": "load_mandant",
    "base.accounts.founding": "found_mandant",
    "base.accounts.services": "add_member end_deputy end_membership set_blocked set_chair set_deputy",
    "base.documents.services": "delete_unreferenced store_file",
    "base.evidence.keys": "register_current_key replace_key signer_for",
    "base.evidence.resolution": "decide_resolution request_resolution resolve",
    "base.evidence.sequencer": "accept_restore open_log sequence_pending",
    "base.evidence.services": "forget_personal pseudonym_of",
    "base.evidence.tree": "save_tiles",
    "base.jobs.worker": "requeue_interrupted",
    "base.llm.health": "check_models",
    "base.llm.ledger": "write_batch",
    "base.llm.retention": "delete_expired",
    "base.llm.snapshot": "bump",
    "base.llm.vault": "case_key",
    "base.notify.services": "begin_attempt choose_categories delete_expired keep_foreign_mail mark_delivered "
    "mark_failed",
}

# The closed list of what a rule or a job may do towards people outside: confirm a receipt, remind of a deadline.
FOR_RULES = frozenset({
    "leitplanke.apps.antrag.dispatch.confirm_receipt",
    "leitplanke.apps.antrag.deadlines.remind",
})  # fmt: skip


def _named(table: Mapping[str, str], wirkung: Wirkung) -> Iterator[tuple[str, Wirkung]]:
    for module, verbs in table.items():
        home = module if module.startswith("base.") else f"apps.{module}"
        for verb in verbs.split():
            yield f"leitplanke.{home}.{verb}", wirkung


WIRKUNGEN: Mapping[str, Wirkung] = dict(
    (*_named(_RECHT, Wirkung.RECHT), *_named(_MITTEILUNG, Wirkung.MITTEILUNG), *_named(_INNEN, Wirkung.INNEN))
)
