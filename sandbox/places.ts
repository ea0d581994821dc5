/**
 * A country as invented people live in it. Each `#` of `numbers` is a random digit; each `#` of `writings` takes the
 * next digit of the number so made. Numbers come from ranges set aside for fiction or documentation where the country
 * has any, otherwise from the example number of the international numbering tables.
 */
export type Place = {
  /** ISO 3166-1, two letters. */
  readonly code: string;
  /** Names that people write for it; the first is the usual English one. */
  readonly names: readonly [string, ...string[]];
  readonly dialCode: string;
  /** National significant numbers, without the leading 0. */
  readonly numbers: readonly [string, ...string[]];
  /** How the number is written at home. */
  readonly writings: readonly [string, ...string[]];
  readonly towns: readonly [Town, ...Town[]];
  readonly streets: readonly [string, ...string[]];
  readonly firstNames: readonly [string, ...string[]];
  readonly lastNames: readonly [string, ...string[]];
};

/** A town with its state or province (empty where nobody writes one) and a postal code. */
export type Town = readonly [city: string, state: string, postalCode: string];

/** Where invented people live. The first one is the home of the sandbox's business. */
export const PLACES: readonly [Place, ...Place[]] = [
  {
    code: "US",
    names: ["United States", "USA", "US"],
    dialCode: "1",
    numbers: [
      "20255501##",
      "21255501##",
      "31255501##",
      "41555501##",
      "61755501##",
      "20655501##",
      "30355501##",
      "40455501##",
      "51255501##",
      "70255501##",
      "50355501##",
      "61255501##",
      "21555501##",
      "81655501##",
    ],
    writings: ["(###) ###-####", "###-###-####", "###.###.####", "1-###-###-####", "### ### ####", "##########"],
    towns: [
      ["Portland", "OR", "97205"],
      ["Austin", "TX", "78701"],
      ["Boston", "MA", "02108"],
      ["St. Paul", "MN", "55102"],
    ],
    streets: ["Maple Street", "W 4th Ave", "Old Mill Road", "Harbor Blvd"],
    firstNames: ["Maya", "Jordan", "Ellis", "Tamika", "Walter", "D'Andre", "Mary-Kate", "Rosa"],
    lastNames: ["Okafor", "O'Brien", "Delgado", "Smith", "van der Berg", "Whitfield-Jones", "Nguyen", "McAllister"],
  },
  {
    code: "CA",
    names: ["Canada"],
    dialCode: "1",
    numbers: ["61355501##", "41655501##", "60455501##"],
    writings: ["(###) ###-####", "### ###-####", "###-###-####"],
    towns: [
      ["Ottawa", "ON", "K1P 1J1"],
      ["Montréal", "QC", "H2Y 1C6"],
    ],
    streets: ["Wellington Street", "Rue Saint-Denis"],
    firstNames: ["Noémie", "Liam", "Aiyana"],
    lastNames: ["Tremblay", "MacDonald", "Gagnon"],
  },
  {
    code: "GB",
    names: ["United Kingdom", "UK", "Great Britain"],
    dialCode: "44",
    numbers: ["7700900###"],
    writings: ["0#### ######", "0#### ### ###", "0##########"],
    towns: [
      ["Leeds", "West Yorkshire", "LS1 4AP"],
      ["Bristol", "", "BS1 5TR"],
    ],
    streets: ["High Street", "Station Road", "The Green"],
    firstNames: ["Imogen", "Alistair", "Priya", "Siân"],
    lastNames: ["Featherstone", "Llewellyn", "Patel", "Smythe"],
  },
  {
    code: "FR",
    names: ["France"],
    dialCode: "33",
    numbers: ["63998####"],
    writings: ["0# ## ## ## ##", "0#.##.##.##.##", "0#########"],
    towns: [
      ["Nîmes", "", "30000"],
      ["Lyon", "", "69002"],
    ],
    streets: ["rue de l'Église", "avenue du Général-Leclerc"],
    firstNames: ["Zoé", "François", "Jean-Baptiste", "Anaïs"],
    lastNames: ["Lefèvre", "d'Aubigné", "Moreau", "Çelik"],
  },
  {
    code: "DE",
    names: ["Germany", "DE"],
    dialCode: "49",
    numbers: ["3023125###"],
    writings: ["0## ########", "0##/########", "(0##) ### #####"],
    towns: [
      ["Köln", "", "50667"],
      ["Düsseldorf", "NRW", "40213"],
    ],
    streets: ["Straße der Einheit", "Mühlenweg"],
    firstNames: ["Jürgen", "Käthe", "Sören", "Anne-Sophie"],
    lastNames: ["Müller", "von der Heide", "Weiß", "Grünbaum"],
  },
  {
    code: "AU",
    names: ["Australia"],
    dialCode: "61",
    numbers: ["491570###"],
    writings: ["0### ### ###", "0#########"],
    towns: [["Hobart", "TAS", "7000"]],
    streets: ["Salamanca Place"],
    firstNames: ["Kirra", "Lachlan"],
    lastNames: ["Papadopoulos", "Walker"],
  },
  {
    code: "SE",
    names: ["Sweden"],
    dialCode: "46",
    numbers: ["8465004##"],
    writings: ["0#-### ### ##", "0#/### ### ##"],
    towns: [["Malmö", "", "211 22"]],
    streets: ["Västergatan"],
    firstNames: ["Åsa", "Björn", "Märta"],
    lastNames: ["Sjöström", "Åkesson"],
  },
  {
    code: "ES",
    names: ["Spain"],
    dialCode: "34",
    numbers: ["612345###"],
    writings: ["### ## ## ##", "### ### ###"],
    towns: [["A Coruña", "Galicia", "15001"]],
    streets: ["Calle del Ángel"],
    firstNames: ["Íñigo", "María José", "Begoña"],
    lastNames: ["Núñez Ibáñez", "García-Sanz"],
  },
  {
    code: "PL",
    names: ["Poland"],
    dialCode: "48",
    numbers: ["512345###"],
    writings: ["### ### ###", "###-###-###"],
    towns: [["Łódź", "", "90-001"]],
    streets: ["ul. Świętojańska"],
    firstNames: ["Łucja", "Zbigniew"],
    lastNames: ["Żółkiewski", "Wójcik"],
  },
  {
    code: "BR",
    names: ["Brazil"],
    dialCode: "55",
    numbers: ["1196123####"],
    writings: ["(##) #####-####", "## ##### ####"],
    towns: [["São Paulo", "SP", "01310-100"]],
    streets: ["Rua da Consolação"],
    firstNames: ["João", "Conceição"],
    lastNames: ["dos Santos", "Araújo"],
  },
  {
    code: "IN",
    names: ["India"],
    dialCode: "91",
    numbers: ["8123456###"],
    writings: ["0##### #####", "##### #####"],
    towns: [["Pune", "Maharashtra", "411001"]],
    streets: ["M. G. Road"],
    firstNames: ["Ananya", "Venkataraghavan", "अनुराधा"],
    lastNames: ["Iyer", "Deshpande", "शर्मा"],
  },
  {
    code: "JP",
    names: ["Japan"],
    dialCode: "81",
    numbers: ["901234####"],
    writings: ["0##-####-####", "0## #### ####"],
    towns: [["金沢市", "石川県", "920-0858"]],
    streets: ["木ノ新保町"],
    firstNames: ["結衣", "Haruto"],
    lastNames: ["佐藤", "Yamashita"],
  },
  {
    code: "NL",
    names: ["Netherlands"],
    dialCode: "31",
    numbers: ["612345###"],
    writings: ["0#-########", "0# ## ## ## ##"],
    towns: [["'s-Hertogenbosch", "", "5211 AA"]],
    streets: ["Sint Janskerkhof"],
    firstNames: ["Sjoerd", "Femke"],
    lastNames: ["van 't Hoff", "de Vries"],
  },
];
