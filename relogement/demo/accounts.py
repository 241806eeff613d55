"""What `serve` prints under the address when the database is a demonstration."""

from cases.reference import DEMO_PASSWORD, demo_accounts


def demo_lines() -> list[str]:
    """One line for each role's account, in French; nothing on a real database."""
    accounts = demo_accounts()
    if not accounts:
        return []
    width = max(len(login) for login, _ in accounts)
    lines = [f"  {login:<{width}}  {description}" for login, description in accounts]
    return [f"Comptes de démonstration (mot de passe : {DEMO_PASSWORD}) :", *lines]
