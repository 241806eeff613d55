"""Street names by commune for the invented addresses of the demonstration."""


def _streets(text: str) -> tuple[str, ...]:
    return tuple(text.split(" | "))


# Street names by INSEE code: of the kind found there, with house numbers drawn at random.
STREETS: dict[str, tuple[str, ...]] = {
    "59350": _streets(
        "rue de Cambrai | rue du Faubourg d’Arras | boulevard de Metz | rue des Postes | "
        "rue Jules-Guesde | rue Pierre-Legrand | avenue de Dunkerque | rue du Bazinghien"
    ),
    "59512": _streets(
        "rue de l’Alma | rue de l’Épeule | rue de Lannoy | boulevard de Fourmies | rue du Pile | "
        "rue Jules-Guesde | rue de Tourcoing | avenue Motte"
    ),
    "59599": _streets(
        "rue de la Bourgogne | chaussée Fernand-Forest | rue de Gand | rue du Brun-Pain | "
        "boulevard Gambetta | rue de Roncq | rue des Phalempins | rue de Guisnes"
    ),
    "59009": _streets(
        "rue de Babylone | boulevard de Valmy | rue des Fusillés | avenue de Flandre | "
        "chemin des Vieux-Arbres | rue Jean-Jaurès | allée des Tilleuls | rue du Triolo"
    ),
    "59650": _streets(
        "rue Carnot | rue de l’Abattoir | rue des Villas | rue Jean-Castel | rue du Sapin-Vert | "
        "rue de la Martinoire | rue François-Mériaux | place de la Liberté"
    ),
    "59360": _streets(
        "avenue des Oliveaux | rue du Maréchal-Foch | rue Clemenceau | "
        "boulevard de la République | rue de Londres | rue Guy-Môquet | rue Potié | rue des Martyrs"
    ),
    "59410": _streets(
        "avenue Sangnier | boulevard Napoléon | rue Rhin-et-Danube | avenue Virnot | "
        "rue du Général-de-Gaulle | rue Lacordaire | avenue Schuman | rue Montaigne"
    ),
    "59299": _streets(
        "rue de la Lionderie | avenue du Docteur-Schweitzer | rue des Trois-Baudets | "
        "rue de Croix | rue Jules-Ferry | avenue de l’Europe | rue de Beaumont | rue Saint-Exupéry"
    ),
    "59648": _streets(
        "rue du Blanc-Riez | rue Jean-Macé | rue Clemenceau | rue du Petit-Bois | "
        "avenue Lavoisier | rue Victor-Hugo | rue de l’Arbrisseau | allée des Bleuets"
    ),
    "59507": _streets(
        "rue de la Chapelle | avenue Jean-Jaurès | rue du Champ-du-Cerf | rue Louis-Braille | "
        "rue Charles-Saint-Venant | rue de Lesquin | rue Sadi-Carnot | rue Roger-Salengro"
    ),
    "59163": _streets(
        "rue Jean-Jaurès | avenue de Flandre | rue de la Gare | rue d’Hem | rue Isaac-Holden | "
        "place de la République | rue du Creusot | rue Kléber"
    ),
    "59017": _streets(
        "rue de Lille | rue Sadi-Carnot | rue des Murets | avenue Roger-Salengro | "
        "rue de Flandre | rue Bayart | rue du Faubourg-de-Lille | rue Deceuninck"
    ),
    "59378": _streets(
        "avenue de la Marne | rue Raymond-Derain | rue de la Briqueterie | rue Nationale | "
        "avenue Foch | rue du Quesne | rue Albert-Bailly | allée des Noisetiers"
    ),
    "59328": _streets(
        "avenue de l’Hippodrome | rue de Lille | rue du Bourg | avenue Pasteur | "
        "rue Auguste-Bonte | rue de Verlinghem | rue de la Carnoy | rue Flament-Reboux"
    ),
    "59220": _streets(
        "rue Carnot | rue du Faubourg-des-Postes | rue Faidherbe | rue Henri-Dillies | "
        "rue Kléber | rue Anatole-France | rue de Vendeville | rue des Margueritois"
    ),
    "59286": _streets(
        "rue Sadi-Carnot | rue Victor-Hugo | rue du Parc | rue Vanderhaghen | rue des Canonniers | "
        "rue Léon-Gambetta | rue d’Englos | rue de l’Industrie"
    ),
    "59279": _streets(
        "rue de Lille | rue Marthe-Nollet | rue Gabriel-Péri | rue Émile-Zola | rue de la Lys | "
        "rue Anatole-France | rue du Moulin | rue de Bousbecque"
    ),
}
OTHER_STREETS = _streets(
    "rue de la Mairie | rue de l’Église | rue Pasteur | rue Victor-Hugo | rue du Général-Leclerc | "
    "rue des Lilas | rue Jean-Moulin | place de la Gare"
)
