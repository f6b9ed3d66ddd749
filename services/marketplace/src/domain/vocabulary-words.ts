import { plain } from './words.ts'

/** What a word of a competence is; the same words as `wordKinds` of the contract. */
type Kind = 'name' | 'code' | 'alias' | 'occupation' | 'skill' | 'ssyk'

export type Word = Readonly<{ slug: string; word: string; plain: string; kind: Kind; weight: number }>

export type Sources = Readonly<{
  competences: readonly { slug: string; sv: string; en: string }[]
  codes: readonly { slug: string; system: string; code: string; label: string }[]
  everydayWords: readonly { slug: string; word: string }[]
  occupations: readonly { id: string; name: string; ssyk: string; aliases: readonly string[] }[]
  skills: readonly { id: string; name: string }[]
  ssyk: readonly { code: string; name: string; parent: string | null }[]
  ssykSkills: readonly { ssyk: string; skill: string }[]
}>

/**
 * How much a word counts as a name of the competence: its own names most, what its codes say next, and least what is only
 * said of its SSYK group, or (when no competence has that very group) of the group above.
 */
const weights = {
  name: 1,
  slug: 0.95,
  everyday: 0.95,
  skill: 0.9,
  occupation: 0.9,
  alias: 0.85,
  role: 0.9,
  ssyk: 0.5,
  groupOccupation: 0.5,
  groupAlias: 0.45,
  groupSkill: 0.4,
  above: 0.25,
} as const

/** Every word each competence is found by; of words that look alike, the one that counts most. */
export function wordsFor(sources: Sources): Word[] {
  const words = new Map<string, Word>()
  const add = (slug: string, text: string, kind: Kind, weight: number) => {
    const looks = plain(text).trim()
    const key = `${slug}\n${looks}\n${kind}`
    if (looks !== '' && (words.get(key)?.weight ?? 0) < weight)
      words.set(key, { slug, word: text, plain: looks, kind, weight })
  }
  for (const { slug, sv, en } of sources.competences) {
    add(slug, sv, 'name', weights.name)
    add(slug, en, 'name', weights.name)
    add(slug, slug.replaceAll('-', ' '), 'code', weights.slug)
  }
  for (const { slug, word } of sources.everydayWords) add(slug, word, 'alias', weights.everyday)
  addCodes(sources, add)
  addGroups(sources, add)
  return [...words.values()]
}

type Add = (slug: string, text: string, kind: Kind, weight: number) => void

function addCodes({ codes, occupations, skills, ssyk }: Sources, add: Add): void {
  const occupationById = new Map(occupations.map((occupation) => [occupation.id, occupation]))
  const skillById = new Map(skills.map((skill) => [skill.id, skill]))
  const ssykByCode = new Map(ssyk.map((group) => [group.code, group]))
  for (const { slug, system, code, label } of codes) {
    if (system === 'jobtech-occupation-name') {
      add(slug, label, 'occupation', weights.occupation)
      for (const alias of occupationById.get(code)?.aliases ?? []) add(slug, alias, 'alias', weights.alias)
    } else if (system === 'jobtech-skill') add(slug, skillById.get(code)?.name ?? label, 'skill', weights.skill)
    else if (system === 'ssyk-2012') add(slug, ssykByCode.get(code)?.name ?? label, 'ssyk', weights.ssyk)
    else if (system !== 'local') add(slug, label.replace(/ \(ISCO \d+\)$/, ''), 'code', weights.role)
  }
}

function addGroups({ codes, occupations, skills, ssyk, ssykSkills }: Sources, add: Add): void {
  const parents = new Map(ssyk.map(({ code, parent }) => [code, parent]))
  const own = groupSlugs(codes, (code) => code)
  const above = groupSlugs(codes, (code) => parents.get(code) ?? code)
  const owners = (group: string) => ({ slugs: own.get(group), near: above.get(parents.get(group) ?? '') })

  for (const { name, ssyk: group, aliases } of occupations) {
    const { slugs, near } = owners(group)
    for (const slug of slugs ?? near ?? []) {
      add(slug, name, 'occupation', slugs ? weights.groupOccupation : weights.above)
      for (const alias of aliases) add(slug, alias, 'alias', slugs ? weights.groupAlias : weights.above)
    }
  }
  const skillById = new Map(skills.map(({ id, name }) => [id, name]))
  for (const { ssyk: group, skill } of ssykSkills) {
    const name = skillById.get(skill)
    if (name !== undefined) for (const slug of own.get(group) ?? []) add(slug, name, 'skill', weights.groupSkill)
  }
}

/** Competences by SSYK group, or by another group that theirs leads to. */
function groupSlugs(codes: Sources['codes'], lead: (code: string) => string): Map<string, string[]> {
  const mapped = codes.filter(({ system }) => system === 'ssyk-2012')
  const groups = Map.groupBy(mapped, ({ code }) => lead(code))
  return new Map([...groups].map(([group, rows]) => [group, [...new Set(rows.map(({ slug }) => slug))]]))
}
