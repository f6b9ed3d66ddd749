/**
 * A text without what is never seen: what is copied from a page or a document may have soft hyphens and characters of no width
 * inside its words.
 */
export function seen(text: string): string {
  return text.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
}

/** Lower case without accents, as words are kept to be compared: "Skolläkare" → "skollakare". */
export function plain(text: string): string {
  return seen(text).normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}

/** The words of a text in their order, plain: letters and digits, a hyphen or full stop parts them. */
export function tokensOf(text: string): string[] {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? []
}

/**
 * A text as the text index is to read it: word by word, as words that are searched for are. Left to itself Postgres takes
 * "kurator/psykolog" for the name of a file and the 9 of "7-9" for less than nothing, and keeps the ring of "åk3".
 */
export function wordByWord(text: string): string {
  return tokensOf(text).join(' ')
}

const stopWords = new Set(
  `och eller i pa av for med till som en ett den det de att ar kan ska skall vi jag ni du man om fran hos vid inom under over
  mellan utan samt m fl nagon nagot nagra sin sina var vara vart varje har hade behov behover behovs soker sokes soka onskar vill
  vore kunna hjalp hjalpa person personer medarbetare vana van erfaren erfarenhet kunskap kunskaper kunnig kompetens kompetenser
  duktig bra gora gor ta tar fa far ny nya olika annan andra mot mm ev ca o etc ej inte tex bl vara vart ar samarbete
  nar varfor vem vilken vilka vad dar har nu snart omgaende direkt hosten host varen termin terminen hostterminen
  varterminen lasaret veckan veckor manad manaden manader dagar saknar saknas letar efter finns tack hej garna ungefar cirka
  riktigt vet infor halla haller
  the of and for in a an to or with we our need needs needed someone somebody anyone who can could would help looking
  from by on at is are be have has about during`.split(/\s+/),
)

/** Words that say nothing of a competence: small words, those people ask with ("någon som kan", "behöver hjälp med"), and for which pupils. */
export function isStopWord(token: string): boolean {
  return stopWords.has(token)
}

const standIns = new Set(
  `vikarie vikarien vikarier vikariat timvikarie inhyrd inhyrda ersattare foraldraledig foraldraledighet tjanstledig
  tjanstledighet sjukskriven`.split(/\s+/),
)

/**
 * The words somebody types without those by which somebody stands in for another, and why, unless there are no others: "vikarie i
 * matematik" is no recruiter of those, and "föräldraledig kurator" asks for no SFI for parents.
 */
export function withoutStandIns(tokens: readonly string[]): readonly string[] {
  const others = tokens.filter((token) => !standIns.has(token))
  return others.length > 0 ? others : tokens
}

const first =
  `heterna hetens hetern andet anden andes arens arnas ernas ornas heten heter erns ande arna arne aren erna orna ades
  ens aste ast ad ade are as ar at er ern es en e or a het`
    .split(/\s+/)
    .sort((a, b) => b.length - a.length)

/** What is left of a word without its inflection, after the Swedish stemmer of Snowball on plain letters. */
export function stem(token: string): string {
  const start = regionOf(token)
  let word = token
  const ending = first.find((suffix) => word.endsWith(suffix) && word.length - suffix.length >= start)
  if (ending !== undefined) word = word.slice(0, -ending.length)
  else if (/[bcdfghjklmnoprtvy]s$/.test(word) && word.length - 1 >= start) word = word.slice(0, -1)
  if (word.length - 1 >= start && /(dd|gd|nn|dt|gt|kt|tt)$/.test(word)) word = word.slice(0, -1)
  for (const suffix of ['fullt', 'lost', 'els', 'lig', 'ig'])
    if (word.endsWith(suffix) && word.length - suffix.length >= start)
      return /^(fullt|lost)$/.test(suffix) ? word.slice(0, -1) : word.slice(0, -suffix.length)
  return word
}

/** Where endings may begin: after the first consonant that follows a vowel, never within the first three letters. */
function regionOf(token: string): number {
  const match = /[aeiouy][^aeiouy]/.exec(token)
  return Math.max(3, match ? match.index + 2 : token.length)
}

const derivations =
  `iseringar isering isator iserings ologiska ologisk ologi olog ation ator at iker isk ist ik ningar ningen nings ning
  ingar ingen ings ing else are ari ande ant ent ning or ur i`
    .split(/\s+/)
    .sort((a, b) => b.length - a.length)

/** What words of one family share: "utreda", "utredare", "utredning" → "utred"; "jurist", "juridik" stay apart. */
export function root(token: string): string {
  const base = stem(token)
  const ending = derivations.find((suffix) => base.endsWith(suffix) && base.length - suffix.length >= 4)
  return ending === undefined ? base : base.slice(0, -ending.length)
}

/** The abbreviations a name may go by, of two to five letters: "studie- och yrkesvägledare" → "sy", "soy", "syv", "soyv". */
export function initialsOf(text: string, partsOf: (token: string) => readonly string[]): string[] {
  const tokens = tokensOf(text)
  const firsts = (words: readonly string[]) => words.map((word) => word.charAt(0)).join('')
  const telling = tokens.filter((token) => !isStopWord(token))
  const found = [telling, tokens, telling.flatMap(partsOf), tokens.flatMap(partsOf)].map(firsts)
  return [...new Set(found)].filter((initials) => initials.length >= 2 && initials.length <= 5)
}
