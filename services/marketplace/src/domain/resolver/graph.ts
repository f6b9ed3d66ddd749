import type { Through, WordKind } from '@samkraft/contracts/marketplace'

/** The files of the vocabulary, as the graph reads them. */
export type Sources = Readonly<{
  competences: readonly { slug: string; sv: string; en: string }[]
  codes: readonly { slug: string; system: string; code: string; label: string }[]
  everydayWords: readonly { slug: string; word: string }[]
  occupations: readonly {
    id: string
    name: string
    ssyk: string
    keywords: readonly string[]
    aliases: readonly string[]
  }[]
  skills: readonly { id: string; name: string }[]
  ssyk: readonly { code: string; name: string; parent: string | null }[]
  ssykSkills: readonly { ssyk: string; skill: string }[]
  substitutes: readonly { occupation: string; substitute: string; percent: number }[]
}>

/** A name something goes by, and how much it counts as one (0–1). */
export type Label = Readonly<{ text: string; kind: WordKind; weight: number }>

export type Edge = Readonly<{ slug: string; weight: number; through: Through }>

/** Something that words may name, and the competences it leads to. */
export type Concept = Readonly<{
  id: string
  kind: 'competence' | 'occupation' | 'skill' | 'group'
  name: string
  labels: readonly Label[]
  /** Texts that tell of it without naming it, each with how much they count. */
  told: readonly Readonly<{ text: string; weight: number }>[]
  edges: readonly Edge[]
}>

/**
 * How much a competence is meant when something else is named that leads to it: its own occupation or skill nearly as much as its
 * own name, what only lies in the same SSYK group half, in the group above a quarter.
 */
const strength = {
  own: 1,
  code: 0.9,
  group: 0.5,
  groupSkill: 0.4,
  above: 0.25,
  stands: { 75: 0.45, 25: 0.25 },
} as const

const labelWeights = { name: 1, code: 0.95, everyday: 0.95, alias: 0.95 } as const

/** How much what is told of an occupation counts beside its names. */
const toldWeights = { keywords: 0.3, group: 0.3, above: 0.2 } as const

/** Everything words may name, with the competences each leads to and by which relation. */
export function readGraph(sources: Sources): Concept[] {
  const own = groupSlugs(sources.codes, (code) => code)
  const parents = new Map(sources.ssyk.map(({ code, parent }) => [code, parent]))
  const above = groupSlugs(sources.codes, (code) => parents.get(code) ?? code)
  const groups: Groups = { own, above, parents, names: new Map(sources.ssyk.map(({ code, name }) => [code, name])) }
  return [
    ...competenceConcepts(sources),
    ...occupationConcepts(sources, groups),
    ...skillConcepts(sources, groups),
    ...sources.ssyk.map(({ code, name }): Concept => ({
      id: code,
      kind: 'group',
      name,
      labels: [{ text: name, kind: 'ssyk', weight: labelWeights.name }],
      told: [],
      edges: groupEdges(groups, code, code.length === 3 ? strength.above : strength.group),
    })),
  ]
}

type Groups = Readonly<{
  /** Competences by their SSYK group, and by the group above it. */
  own: ReadonlyMap<string, readonly string[]>
  above: ReadonlyMap<string, readonly string[]>
  parents: ReadonlyMap<string, string | null>
  names: ReadonlyMap<string, string>
}>

function competenceConcepts({ competences, codes, everydayWords }: Sources): Concept[] {
  const codesOf = Map.groupBy(codes, ({ slug }) => slug)
  const wordsOf = Map.groupBy(everydayWords, ({ slug }) => slug)
  return competences.map(({ slug, sv, en }) => ({
    id: slug,
    kind: 'competence',
    name: sv,
    labels: [
      { text: sv, kind: 'name', weight: labelWeights.name },
      { text: en, kind: 'name', weight: labelWeights.name },
      { text: slug.replaceAll('-', ' '), kind: 'code', weight: labelWeights.code },
      ...(wordsOf.get(slug) ?? []).map(
        ({ word }) => ({ text: word, kind: 'alias', weight: labelWeights.everyday }) as const,
      ),
      ...(codesOf.get(slug) ?? [])
        .filter(({ system }) => system.startsWith('ss12000') || system === 'esco-occupation')
        .map(
          ({ label }) =>
            ({ text: label.replace(/ \(ISCO \d+\)$/, ''), kind: 'code', weight: labelWeights.code }) as const,
        ),
    ],
    told: [],
    edges: [{ slug, weight: strength.own, through: { by: 'own' } }],
  }))
}

function occupationConcepts({ occupations, codes, substitutes }: Sources, groups: Groups): Concept[] {
  const coded = slugsByCode(codes, 'jobtech-occupation-name')
  const standsIn = Map.groupBy(substitutes, ({ substitute }) => substitute)
  return occupations.map(({ id, name, ssyk, keywords, aliases }) => ({
    id,
    kind: 'occupation',
    name,
    labels: [
      { text: name, kind: 'occupation', weight: labelWeights.name },
      ...aliases.map((alias) => ({ text: alias, kind: 'alias', weight: labelWeights.alias }) as const),
    ],
    told: [
      { text: keywords.join(' '), weight: toldWeights.keywords },
      { text: groups.names.get(ssyk) ?? '', weight: toldWeights.group },
      { text: groups.names.get(groups.parents.get(ssyk) ?? '') ?? '', weight: toldWeights.above },
    ],
    edges: strongest([
      ...(coded.get(id) ?? []).map(
        (slug) => ({ slug, weight: strength.code, through: { by: 'occupation', name } }) as const,
      ),
      ...(standsIn.get(id) ?? []).flatMap(({ occupation, percent }) => {
        const percentage = percent === 75 ? 75 : 25
        const through = { by: 'substitutability', name, percentage } as const
        return (coded.get(occupation) ?? []).map((slug): Edge => ({
          slug,
          weight: strength.stands[percentage],
          through,
        }))
      }),
      ...groupEdges(groups, ssyk, strength.group),
      ...groupEdges(groups, groups.parents.get(ssyk) ?? '', strength.above),
    ]),
  }))
}

function skillConcepts({ skills, codes, ssykSkills }: Sources, groups: Groups): Concept[] {
  const coded = slugsByCode(codes, 'jobtech-skill')
  const groupsOf = Map.groupBy(ssykSkills, ({ skill }) => skill)
  return skills.map(({ id, name }) => ({
    id,
    kind: 'skill',
    name,
    labels: [{ text: name, kind: 'skill', weight: labelWeights.name }],
    told: [],
    edges: strongest([
      ...(coded.get(id) ?? []).map(
        (slug) => ({ slug, weight: strength.code, through: { by: 'skill', name } }) as const,
      ),
      ...(groupsOf.get(id) ?? []).flatMap(({ ssyk }) =>
        (groups.own.get(ssyk) ?? []).map((slug): Edge => ({
          slug,
          weight: strength.groupSkill,
          through: { by: 'skill', name },
        })),
      ),
    ]),
  }))
}

function groupEdges({ own, above, names }: Groups, code: string, weight: number): Edge[] {
  const slugs = (code.length === 3 ? above : own).get(code) ?? []
  return slugs.map((slug) => ({ slug, weight, through: { by: 'group', name: names.get(code) ?? code, code } }))
}

/** One edge for each competence. */
function strongest(edges: readonly Edge[]): Edge[] {
  const best = new Map<string, Edge>()
  for (const edge of edges) if ((best.get(edge.slug)?.weight ?? 0) < edge.weight) best.set(edge.slug, edge)
  return [...best.values()]
}

function slugsByCode(codes: Sources['codes'], system: string): Map<string, string[]> {
  const rows = codes.filter((row) => row.system === system)
  return new Map(
    [...Map.groupBy(rows, ({ code }) => code)].map(([code, found]) => [code, found.map(({ slug }) => slug)]),
  )
}

/** Competences by SSYK group, or by another group that theirs leads to. */
function groupSlugs(codes: Sources['codes'], lead: (code: string) => string): Map<string, string[]> {
  const mapped = codes.filter(({ system }) => system === 'ssyk-2012')
  const groups = Map.groupBy(mapped, ({ code }) => lead(code))
  return new Map([...groups].map(([group, rows]) => [group, [...new Set(rows.map(({ slug }) => slug))]]))
}
