import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Derives `competence-relations.csv` from `sources/`. Run it with node after changing a source; a test holds the committed
 * table against it. For a competence asked for and another one offered, the first of these that applies counts:
 *
 * 1. `judgements.csv`: written by people, with a reason. `related` and `none` hold both ways, `narrower` is `broader` seen
 *    from the other side, `substitutable` holds only as written.
 * 2. The same JobTech occupation, where one of the two also names a skill: that one is the speciality (`narrower`).
 *    Two specialities of one occupation have nothing in common unless judged so.
 * 3. JobTech's substitutability of the occupations, 75 or 25 percent, directed.
 * 4. Within one group of the vocabulary: `related` by the same SSYK 2012 group of four or three digits,
 *    or by common skills (a quarter or more of all skills the two SSYK groups have).
 */
export function deriveRelations(read: (name: string) => string): string {
  const competences = table(read('competences.csv')).map(
    ([slug = '', group = '', occupation = '', skill = '', ssyk = '']) => ({ slug, group, occupation, skill, ssyk }),
  )
  const judged = readJudgements(table(read('judgements.csv')))
  const substitutes = new Map(
    table(read('occupation_substitutability.csv')).map(([asked, offered, percentage]) => [
      `${asked}>${offered}`,
      percentage,
    ]),
  )
  const skillsOf = new Map<string, Set<string>>()
  for (const [ssyk = '', skill = ''] of table(read('ssyk4_skill.csv')))
    skillsOf.set(ssyk, (skillsOf.get(ssyk) ?? new Set()).add(skill))

  type Competence = (typeof competences)[number]

  function relate(asked: Competence, offered: Competence): string | null {
    const judgement = judged.get(`${asked.slug}>${offered.slug}`)
    if (judgement)
      return judgement.relation === 'none'
        ? null
        : `${judgement.relation},judgement,${judgement.reason},${judgement.reasonEn}`
    if (asked.occupation && asked.occupation === offered.occupation) {
      if (asked.skill && offered.skill) return null
      return `${offered.skill ? 'narrower' : 'broader'},ssyk,${asked.ssyk},`
    }
    const percentage = substitutes.get(`${asked.occupation}>${offered.occupation}`)
    if (percentage) return `substitutable,substitutability,${percentage},`
    return asked.group === offered.group ? relateByField(asked, offered) : null
  }

  function relateByField({ ssyk: a }: Competence, { ssyk: b }: Competence): string | null {
    if (!a || !b) return null
    if (a === b) return `related,ssyk,${a},`
    if (a.slice(0, 3) === b.slice(0, 3)) return `related,ssyk,${a.slice(0, 3)},`
    const [ofA, ofB] = [skillsOf.get(a) ?? new Set<string>(), skillsOf.get(b) ?? new Set<string>()]
    const shared = ofA.intersection(ofB).size
    return shared > 0 && shared * 4 >= ofA.union(ofB).size ? `related,skills,${shared},` : null
  }

  const lines = competences.flatMap((asked) =>
    competences.flatMap((offered) => {
      const relation = asked === offered ? null : relate(asked, offered)
      return relation ? [`${asked.slug},${offered.slug},${relation}`] : []
    }),
  )
  return ['asked,offered,relation,source,detail,detail_en', ...lines, ''].join('\n')
}

function table(csv: string): string[][] {
  return csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
}

type Judgement = Readonly<{ relation: string; reason: string; reasonEn: string }>

function readJudgements(rows: string[][]): ReadonlyMap<string, Judgement> {
  const judged = new Map<string, Judgement>()
  for (const [asked = '', offered = '', relation = '', reason = '', reasonEn = ''] of rows) {
    judged.set(`${asked}>${offered}`, { relation, reason, reasonEn })
    const mirrored = relation === 'narrower' ? 'broader' : relation
    if (relation !== 'substitutable' && !judged.has(`${offered}>${asked}`))
      judged.set(`${offered}>${asked}`, { relation: mirrored, reason, reasonEn })
  }
  return judged
}

export function readSource(name: string): string {
  return readFileSync(new URL(`sources/${name}`, import.meta.url), 'utf8')
}

if (import.meta.main) {
  writeFileSync(new URL('competence-relations.csv', import.meta.url), deriveRelations(readSource))
}
