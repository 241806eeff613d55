"""An account made at the keyboard: what is typed last in its password field, left by Tab, is its password."""

from collections.abc import Callable

import pytest

from tests.e2e.person import PASSWORD, Person

pytestmark = pytest.mark.browser


def test_whoever_is_given_an_account_signs_in(somebody: Callable[[str], Person]) -> None:
    administrator = somebody("celine.montagne")
    administrator.go("/administration?rubrique=comptes", "Administration")
    administrator.click("Créer un compte")
    administrator.write("Mot de passe provisoire", PASSWORD)
    administrator.write("Identifiant", "ines.morel")
    administrator.write("Nom", "Inès Morel")
    administrator.choose("Rôle", "Travailleur social")
    administrator.choose("Organisme", "CCAS de Roubaix")
    administrator.confirm("Créer un compte")
    newcomer = somebody("ines.morel")
    newcomer.open_anew("/ma-journee", "Ma journée")  # as kept among one's addresses
    assert not newcomer.page.get_by_role("dialog").count(), "the page is said not to exist"
