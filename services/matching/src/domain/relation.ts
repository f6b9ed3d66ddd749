import type { CompetenceFit, RelationSource } from '@samkraft/contracts/matching'

/** What is known of an offered competence seen from the one asked for. */
export type Related = Pick<CompetenceFit, 'relation' | 'source'>

/** The table of relations, sparse: two competences it does not name together have nothing in common. */
export type Relations = Readonly<{
  between(asked: string, offered: string): Related
  /** Every competence that stands in some relation to `asked`, itself first. */
  offeredFor(asked: string): readonly string[]
  /** Every competence that `offered` stands in some relation to, itself first. */
  askedFor(offered: string): readonly string[]
}>

const same: Related = { relation: 'exact', source: { from: 'same' } }
const nothing: Related = { relation: 'none', source: { from: 'nothing' } }

/** Reads `asked,offered,relation,source,detail,detail_en` with a heading, as `data/competence-relations.csv` has it. Throws on a line that does not fit. */
export function readRelations(csv: string): Relations {
  const known = new Map<string, Related>()
  const offered = new Map<string, string[]>()
  const asked = new Map<string, string[]>()
  for (const line of csv.trim().split('\n').slice(1)) {
    const [from = '', to = '', relation = '', source = '', ...details] = line.split(',')
    known.set(pairKey(from, to), { relation: readRelation(relation), source: readSource(source, details) })
    offered.set(from, [...(offered.get(from) ?? [from]), to])
    asked.set(to, [...(asked.get(to) ?? [to]), from])
  }
  return {
    between: (from, to) => (from === to ? same : (known.get(pairKey(from, to)) ?? nothing)),
    offeredFor: (from) => offered.get(from) ?? [from],
    askedFor: (to) => asked.get(to) ?? [to],
  }
}

function pairKey(asked: string, offered: string): string {
  return `${asked}>${offered}`
}

function readRelation(text: string): Related['relation'] {
  if (text === 'narrower' || text === 'broader' || text === 'substitutable' || text === 'related') return text
  throw new Error(`no relation is called ${text}`)
}

function readSource(from: string, [detail = '', detailEn = '']: readonly string[]): RelationSource {
  if (from === 'judgement') return { from, reason: { sv: detail, en: detailEn } }
  if (from === 'ssyk') return { from, code: detail }
  if (from === 'skills') return { from, shared: Number(detail) }
  if (from === 'substitutability') return { from, percentage: detail === '75' ? 75 : 25 }
  throw new Error(`no relation comes from ${from}`)
}
