"""The public page where a follow-up code tells the stage of a referral: no account, no script."""

from pathlib import Path

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cases.labels.tracking import PROTECTED_STAGE, STAGES
from cases.tracking import spaced, typed_code
from db.queries.tracking import Tracked, tracked
from ui_streamlit.sign_in_page import ERROR, IN_ERROR, PAGE_POLICY
from ui_streamlit.tries import TRIES_MINUTES, Tries
from ui_streamlit.widgets.dates import long_date

ADDRESS = "/suivi"
STYLE = Markup("{}{}").format(
    Markup(Path(__file__).with_name("sign_in.css").read_text(encoding="utf-8")),  # noqa: S704  # our own files
    Markup(Path(__file__).with_name("tracking.css").read_text(encoding="utf-8")),  # noqa: S704
)
UNKNOWN = "Ce code n’est pas connu. Vérifiez-le sur votre reçu : douze lettres et chiffres."
WAIT = f"Trop d’essais. Réessayez dans {TRIES_MINUTES} minutes."

PAGE = Markup("""<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}Suivre un signalement – Relogement</title>
<link rel="icon" href="/app/static/mark.svg">
<style>{style}</style>
</head>
<body>
<main class="follow">
<p class="mark"><img src="/app/static/mark.svg" alt="" width="32" height="32"> Relogement</p>
<h1>Suivre un signalement</h1>
<p class="intro">Le code figure sur le reçu remis à la personne qui a signalé la situation.</p>
{notice}
<form method="post" action="/suivi" novalidate>
<label for="code">Code de suivi</label>
<input id="code" name="code" value="{code}" autocomplete="off" autocapitalize="characters" spellcheck="false"
 maxlength="40" aria-describedby="forme" required {state}>
<p class="help" id="forme">Douze lettres et chiffres, avec ou sans tirets.</p>
<button type="submit">Voir l’étape</button>
</form>
<p class="help foot">Cette page ne donne ni nom, ni commune, ni service. Une question ? Adressez-vous à
l’organisme qui a signalé la situation.</p>
</main>
</body>
</html>
""")
FOUND = Markup(
    '<section class="stage" role="status" aria-label="Étape"><p class="eyebrow">Où en est le signalement</p>'
    '<p class="now">{stage}</p>{since}</section>'
)
SINCE = Markup('<p class="since">Dernière étape : {}</p>')


class Tracking:
    """Only codes that are not known count as tries: a service behind one address may follow many."""

    def __init__(self) -> None:
        self.tries = Tries()

    async def show(self, request: Request) -> Response:
        if request.method == "GET":
            return answer()
        who = request.client.host if request.client else "?"
        if self.tries.too_many(who):
            return answer(error=WAIT, status=429)
        text = str((await request.form()).get("code", ""))[:60]
        code = typed_code(text)
        found = await run_in_threadpool(tracked, code) if code else None
        if code is None or found is None:
            self.tries.count(who)
            return answer(typed=text, error=UNKNOWN, status=404)
        return answer(typed=spaced(code), found=found)


def answer(*, typed: str = "", found: Tracked | None = None, error: str = "", status: int = 200) -> Response:
    page = PAGE.format(
        title="Erreur – " if error else "",
        style=STYLE,
        notice=ERROR.format(error) if error else stage(found) if found else Markup(),
        code=typed,
        state=IN_ERROR if error else Markup(),
    )
    headers = {
        "content-security-policy": PAGE_POLICY,
        "cache-control": "no-store",
        "x-robots-tag": "noindex",
    }
    return HTMLResponse(page, status_code=status, headers=headers)


def stage(found: Tracked) -> Markup:
    if found.state is None or found.since is None:
        return FOUND.format(stage=PROTECTED_STAGE, since=Markup())
    return FOUND.format(stage=STAGES[found.state], since=SINCE.format(long_date(found.since)))
