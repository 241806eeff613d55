"""What an action will do, said before it is confirmed."""

from collections.abc import Mapping

from markupsafe import Markup

from cases.commands.escalation import raising_obstacles
from db.queries.case_file import CaseView
from ui_streamlit.case_parts.falls import falls
from ui_streamlit.case_parts.support import relay_words
from ui_streamlit.case_parts.two_people import asked_words
from ui_streamlit.widgets.messages import message

CONSEQUENCES: Mapping[str, str] = {
    "reject": "Le dossier s’arrêtera là ; le signalant en sera informé, motif compris.",
    "close_early": "Le dossier sera clos : ses échéances s’arrêtent et il quitte l’ICI.",
    "annul_offer": "Une proposition annulée est gardée dans l’historique, mais ne compte jamais.",
    "annul_refusal": "Le refus est gardé dans l’historique avec son test figé, mais ne compte plus ; si le "
    "droit au maintien reposait sur lui, son échéance tombe et le responsable du bailleur est prévenu.",
    "plan_visit": "La visite est dite proposée au ménage ; ce jour-là, enregistrez si elle a eu lieu.",
    "notify_right_to_stay": "L’échéance ne bouge pas : elle court depuis la réception de la troisième offre.",
    "rank_candidate": "Le dossier reste en commission : le logement lui revient si les autres refusent.",
    "award_next_rank": "Le logement est attribué par la même décision, au rang qui suit.",
    "lift_condition": "La pièce remise à temps oblige le bailleur à signer le bail.",
    "fail_condition": "L’attribution tombe et le dossier revient à la recherche.",
    "change_holder": "Diagnostic et fiche besoin seront à refaire ; le compteur des offres repart de zéro. "
    "Présence d’un an, plafonds et sous-occupation sont vérifiés (fiche F1170 de service-public.fr).",
    "split_household": "Un second dossier sera créé pour les personnes qui partent, avec son numéro unique "
    "et son compteur ; le logement est libre quand tous sont partis. Pour ceux qui restent, un besoin déjà "
    "établi est redemandé : le dossier revient au diagnostic et une proposition en cours est annulée, sans "
    "compter.",
    "answer_grouped_solution": "Décliner n’est pas un refus d’offre : rien ne compte vers les trois refus.",
    "renounce_return": "Le logement provisoire devient le relogement définitif ; le suivi commence à la date "
    "de l’écrit.",
    "change_return_date": "L’échéance du retour est déplacée et l’ancienne date reste dans l’historique.",
    "plan_last_act": "La date entre dans les échéances de la personne choisie, qui est prévenue.",
    "protect_case": "Seules les personnes nommées pourront désormais ouvrir ce dossier.",
    "merge_cases": "Le doublon sera clos ; ses propositions, recherches, blocages, notes et numéros "
    "rejoindront ce dossier, qui garde la date de signalement la plus ancienne. Si l’un est protégé, "
    "les deux le seront.",
    "undo_merge": "Les deux dossiers redeviennent ce qu’ils étaient ; ce qui a été ajouté depuis reste ici.",
    "record_snr_number": "Le nouveau numéro prend la place de l’actuel ; les anciens restent dans "
    "l’historique et servent à reconnaître les doublons.",
    "remove_reader": "Cette personne n’ouvrira plus ce dossier.",
    "validate_third_refusal": "Confirmer ouvre l’échéance du droit au maintien, à compter de "
    "la troisième offre reçue ; le ménage continue de recevoir des propositions.",
    "not_allocate": "La proposition prend fin et le dossier revient à la recherche.",
    "hand_over": "Vous restez responsable du dossier tant que la passation n’est pas acceptée.",
    "suspend_case": "Les échéances internes s’arrêtent de courir jusqu’à la reprise ; les échéances légales "
    "et celles de la charte continuent. Vous serez rappelé à la date prévue.",
    "ask_opinion": "L’organisme lira votre question, la référence du dossier et votre nom : rien d’autre.",
    "add_note": "Vous seul pourrez changer ensuite qui peut lire cette note.",
    "remove_document": "Personne ne pourra plus lire le document ; son contenu sera effacé, la trace reste.",
    "submit_escalation": "L’heure du serveur dira si le dépôt est dans les délais.",
    "move_in": "Les échéances de recherche s’arrêtent, le suivi commence à cette date ; pour un relogement, "
    "les trois promesses de la charte sont jugées et figées.",
    "record_derogation": "La dérogation s’affiche à côté de la promesse ; le verdict ne change pas.",
    "record_satisfaction": "Les réponses ne se lisent qu’en chiffres d’ensemble, sans petit effectif.",
    "refer_again": "Un dossier de mutation est ouvert, lié à celui-ci ; le suivi continue ici.",
    "start_support": "Sans l’accord daté du ménage, rien ne s’enregistre. À défaut de date de fin, la durée "
    "habituelle du réglage s’applique.",
    "extend_support": "Une mesure ne se prolonge qu’une fois ; sa première date de fin reste lisible.",
    "hand_over_support": "L’organisme actuel suit le ménage jusqu’à cette date, le nouveau à partir d’elle ; "
    "la fin de la mesure ne change pas.",
    "submit_to_technical": "Les organismes qui siègent liront la question, sans le nom du ménage.",
}
# The same act further on: what it leaves as it is.
NEW_LEASE = (
    "Le bail du nouveau logement passe au successeur et le parcours continue ; présence d’un an, plafonds "
    "et sous-occupation de ce logement sont vérifiés (fiche F1170 de service-public.fr)."
)
STILL_AWAY = (
    "Le ménage reste dans le logement provisoire et garde son droit de retour ; s’il reprend la recherche, "
    "diagnostic et fiche besoin seront à refaire. Le compteur des offres repart de zéro."
)
LATER_ON: Mapping[tuple[str, str], str] = {
    ("change_holder", "lease_signed"): NEW_LEASE,
    ("change_holder", "moved_in"): NEW_LEASE,
    ("change_holder", "follow_up"): NEW_LEASE,
    ("change_holder", "temporarily_housed"): STILL_AWAY,
}
MOVES_OUT = {"move_in", "move_temporarily"}
FREE_TEXT = {
    "add_note",
    "ask_opinion",
    "suspend_case",
    "note_obstacle",
    "submit_to_technical",
    "open_blockage",
    "sign_diagnosis",
    "request_information",
    "close_early",
    "reject",
}
FACTS_ONLY = (
    "Des faits, pas de jugement : ni diagnostic médical, ni origine, ni opinion. "
    "La personne concernée peut lire ce que vous écrivez."
)


def consequences(kind: str, view: CaseView) -> Markup:
    """The messages above the form of this action."""
    known = LATER_ON.get((kind, view.head.state)) or CONSEQUENCES.get(kind)
    lines = [known] if known else []
    if kind in FREE_TEXT:
        lines.append(FACTS_ONLY)
    said = message("info", lines[0], lines[1:]) if lines else Markup()
    if kind == "close_early":
        said += falls(view)
    if kind in MOVES_OUT:
        said += relay_words(view)
    if kind in {"approve_command", "refuse_approval"}:
        said += asked_words(view)
    if kind == "draft_escalation":
        said += _missing_before_ici(view)
    return said


def _missing_before_ici(view: CaseView) -> Markup:
    """The prerequisites of an escalation that the case lacks; an exception asks for its reason."""
    head = view.head
    facts = {
        "id": head.id,
        "closed_on": head.closed_on,
        "course_id": None,
        "diagnosis_signed_on": view.diagnoses[0].signed_on if view.diagnoses else None,
        "need_validated_on": head.need_validated_on,
        "attempts": len(view.attempts),
        "offers_made": head.offers_made,
    }
    reasons = raising_obstacles(facts, "")
    if not reasons:
        return Markup()
    lines = [reason.sentence for reason in reasons]
    return message("warning", "Il manque un préalable : sans motif d’exception, ce sera refusé", lines)
