"""The page to sign in: our own HTML, usable without any script."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup

from cases.reference import DEMO_PASSWORD

PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
STYLE = Markup(Path(__file__).with_name("sign_in.css").read_text(encoding="utf-8"))  # noqa: S704  # our own file

PAGE = Markup("""<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}Connexion – Relogement</title>
<link rel="icon" href="/app/static/mark.svg">
<style>{style}</style>
</head>
<body>
<div class="shell">
<section class="story" aria-label="Présentation">
<p class="brand"><img src="/app/static/mark.svg" alt="" width="40" height="40"> Relogement</p>
<p class="promise">Aucun ménage oublié,<br>aucune échéance découverte trop tard.</p>
<p class="lead">Mutations bloquées et relogements du renouvellement urbain
dans la Métropole européenne de Lille.</p>
<ul class="points">
<li>Ce que vous avez à faire, pour quand, et pourquoi.</li>
<li>Une même fiche pour travailleurs sociaux, bailleurs et secrétariat d’ICI.</li>
<li>Chaque décision gardée, chaque refus expliqué.</li>
</ul>
</section>
<main class="panel">
<div class="box">
<h1>Se connecter</h1>
{notice}
<form method="post" action="/connexion" novalidate>
<input type="hidden" name="csrf" value="{csrf}">
<input type="hidden" name="suite" value="{suite}">
<label for="identifiant">Identifiant ou adresse électronique</label>
<input id="identifiant" name="identifiant" value="{login}" autocomplete="username" autocapitalize="none"
 spellcheck="false" required {login_state}>
<label for="mot_de_passe">Mot de passe</label>
<input id="mot_de_passe" name="mot_de_passe" type="password" autocomplete="current-password"
 required {password_state}>
<button type="submit">Se connecter</button>
</form>
<p class="help">Mot de passe oublié ? Demandez-en un nouveau à l’administrateur de votre organisme.</p>
{accounts}
</div>
</main>
</div>
</body>
</html>
""")
ERROR = Markup('<p class="notice error" id="erreur" role="alert">{}</p>')
GOODBYE = Markup('<p class="notice" role="status">Vous êtes déconnecté. À bientôt.</p>')
ACCOUNTS = Markup(
    '<section class="demo" aria-labelledby="demo"><h2 id="demo">Comptes de démonstration</h2>'
    "<p>Base fictive : aucune personne réelle. Choisissez qui vous êtes, "
    "puis entrez le mot de passe <b>{}</b>.</p><ul>{}</ul></section>"
)
ACCOUNT = Markup('<li><a href="/connexion?{}"><b>{}</b><span>{}</span></a></li>')
FOCUS, IN_ERROR = Markup("autofocus"), Markup('aria-invalid="true" aria-describedby="erreur"')


def sign_in_page(
    *,
    csrf: str,
    login: str = "",
    suite: str = "/",
    error: str = "",
    signed_out: bool = False,
    accounts: Sequence[tuple[str, str]] = (),
) -> str:
    """The whole page. `accounts`: (login, description) of a demonstration database."""
    notice = ERROR.format(error) if error else GOODBYE if signed_out else Markup()
    listed = ACCOUNTS.format(
        DEMO_PASSWORD,
        Markup().join(
            ACCOUNT.format(urlencode({"identifiant": who, "suite": suite}), who, words)
            for who, words in accounts
        ),
    )
    states = Markup(" ").join([IN_ERROR] if error else [])
    return PAGE.format(
        title="Erreur – " if error else "",
        style=STYLE,
        notice=notice,
        csrf=csrf,
        suite=suite,
        login=login,
        login_state=states + (Markup(" ") + FOCUS if not login else Markup()),
        password_state=states + (Markup(" ") + FOCUS if login else Markup()),
        accounts=listed if accounts else Markup(),
    )
