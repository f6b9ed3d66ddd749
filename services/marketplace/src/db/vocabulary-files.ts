import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { competenceGroups, competenceGroupSlugs, type CompetenceGroup } from '@samkraft/contracts/marketplace'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { Sources } from '../domain/resolver/graph.ts'

const Text = z.string()
const orNull = Text.transform((text) => (text === '' ? null : text))

/** The files of `data/` and the columns we use of each. */
const files = {
  competence_attributes: z.object({
    slug: Text,
    sv: Text,
    en: Text,
    legal_route_key: orNull,
    legal_route_hint_sv: orNull,
    licence_or_exam_sv: orNull,
  }),
  competence_codes: z.object({ slug: Text, group: Text, code_system: Text, code: Text, code_label: Text }),
  everyday_words: z.object({ slug: Text, word: Text }),
  occupations: z.object({ id: Text, name: Text, ssyk4: Text, ad_keywords: Text }),
  occupation_aliases: z.object({ occupation_id: Text, alias: Text }),
  skills: z.object({ id: Text, name: Text }),
  ssyk2012: z.object({ code: Text, level: z.coerce.number().int(), name: Text, parent: orNull }),
  rel_ssyk4_skill: z.object({ ssyk4: Text, skill_id: Text }),
  rel_occupation_substitutability: z.object({
    occupation_id: Text,
    substituted_by_id: Text,
    percentage: z.coerce.number().int(),
  }),
} as const

type Name = keyof typeof files
type Contents = { [N in Name]: Buffer }

export type VocabularyFiles = Omit<Sources, 'competences' | 'ssyk'> &
  Readonly<{
    competences: readonly {
      slug: string
      group: CompetenceGroup
      sv: string
      en: string
      licence: string | null
      routeKey: string | null
      route: string | null
    }[]
    ssyk: readonly { code: string; level: number; name: string; parent: string | null }[]
  }>

/** The files as they are, and one hash for them all. */
export async function openVocabularyFiles(): Promise<{ hash: string; read: () => VocabularyFiles }> {
  const names = Object.keys(files) as Name[]
  const loaded = await Promise.all(
    names.map(async (name) => [name, await readFile(new URL(`../../data/${name}.csv`, import.meta.url))] as const),
  )
  const contents = Object.fromEntries(loaded) as Contents
  const hash = createHash('sha256')
  for (const name of names) hash.update(contents[name])
  return { hash: hash.digest('hex'), read: () => readVocabularyFiles(contents) }
}

function readVocabularyFiles(contents: Contents): VocabularyFiles {
  const rows = <N extends Name>(name: N) =>
    z.array(files[name]).parse(parse(contents[name], { columns: true, bom: true })) as z.infer<(typeof files)[N]>[]
  const codes = rows('competence_codes')
  const groupOf = new Map(codes.map(({ slug, group }) => [slug, groupByName(group)]))
  const aliases = Map.groupBy(rows('occupation_aliases'), ({ occupation_id }) => occupation_id)
  return {
    competences: rows('competence_attributes').map((row) => ({
      slug: row.slug,
      group: groupOf.get(row.slug) ?? groupByName(''),
      sv: row.sv,
      en: row.en,
      licence: row.licence_or_exam_sv,
      routeKey: row.legal_route_key,
      route: row.legal_route_hint_sv,
    })),
    codes: codes.map(({ slug, code_system, code, code_label }) => ({
      slug,
      system: code_system,
      code,
      label: code_label,
    })),
    everydayWords: rows('everyday_words'),
    occupations: rows('occupations').map(({ id, name, ssyk4, ad_keywords }) => ({
      id,
      name,
      ssyk: ssyk4,
      keywords: ad_keywords.split('|'),
      aliases: aliases.get(id)?.map(({ alias }) => alias) ?? [],
    })),
    skills: rows('skills'),
    ssyk: rows('ssyk2012'),
    ssykSkills: rows('rel_ssyk4_skill').map(({ ssyk4, skill_id }) => ({ ssyk: ssyk4, skill: skill_id })),
    substitutes: rows('rel_occupation_substitutability').map((row) => ({
      occupation: row.occupation_id,
      substitute: row.substituted_by_id,
      percent: row.percentage,
    })),
  }
}

/** The files name a group in both languages: `Elevhälsa / Pupil health`. */
function groupByName(name: string): CompetenceGroup {
  const found = competenceGroupSlugs.find((slug) => name.startsWith(`${competenceGroups[slug].sv} /`))
  if (!found) throw new Error(`no competence group is called "${name}"`)
  return found
}
