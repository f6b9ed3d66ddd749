import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { openVocabularyFiles } from '../../services/marketplace/src/db/vocabulary-files.ts'
import type { Sources } from '../../services/marketplace/src/domain/resolver/graph.ts'
import { createResolver, type Resolver } from '../../services/marketplace/src/domain/resolver/resolver.ts'
import { plain } from '../../services/marketplace/src/domain/resolver/swedish.ts'
import { type Relevance, type Row, spread } from './report.ts'
import { openNameSearch } from './words-by-name.ts'

/** What somebody types and what it means: any of `expected` is right. */
type Typed = Readonly<{ text: string; expected: readonly string[] }>

/** The ids found for a text, the best first. */
type Find = (text: string) => readonly string[] | Promise<readonly string[]>

const folds = 5
const deepest = 100

/**
 * How well typed words are understood, beside Postgres' Swedish full text over the names alone:
 *
 * - every alias as a query for its occupation, and for the competences coded with it, and every everyday word for its competences,
 *   in five folds: what is typed is in no index that is asked for it;
 * - `data/typed-words.csv`, texts as users write them: the odd ones to tune by, the even ones held out. The same hand wrote them and
 *   the everyday words, so they are asked of a vocabulary without everyday words as well.
 */
export async function benchWords(): Promise<Row[]> {
  const sources = (await openVocabularyFiles()).read()
  const { aliases, codedAliases, everyday } = wordsOf(sources)
  const typed = await readTypedWords()
  const whole = createResolver(sources)
  const bare = createResolver({ ...sources, everydayWords: [] })
  const perFold = Array.from({ length: folds }, (_, fold) => createResolver(withoutFold(sources, fold)))
  const inFolds = (find: (resolver: Resolver) => Find): Find => {
    const finds = perFold.map(find)
    return (text) => finds[foldOf(text)]?.(text) ?? []
  }

  await using names = await openNameSearch(sources)
  const rows = [
    await row('alias → occupation, five folds', aliases, inFolds(occupationsBy), names.occupations),
    await row('alias → competence, five folds', codedAliases, inFolds(competencesBy), names.competences),
    await row('everyday word → competence, five folds', everyday, inFolds(competencesBy), names.competences),
  ]
  for (const [half, first] of [
    ['to tune by', 0],
    ['held out', 1],
  ] as const) {
    const texts = typed.filter((_text, index) => index % 2 === first)
    rows.push(
      await row(`typed text → competence, ${half}`, texts, competencesBy(whole), names.competences),
      await row(
        `typed text → competence, ${half}, without everyday words`,
        texts,
        competencesBy(bare),
        names.competences,
      ),
    )
  }
  return [...rows, speed(whole, [...typed, ...aliases])]
}

function occupationsBy({ named }: Resolver): Find {
  return (text) => named(text, 'occupation', deepest).map(({ id }) => id)
}

function competencesBy({ resolve }: Resolver): Find {
  return (text) => resolve(text, deepest).competences.map(({ slug }) => slug)
}

async function row(what: string, texts: readonly Typed[], find: Find, byName: Find): Promise<Row> {
  const beside = await relevanceOf(texts, byName)
  const said = `names alone: ${beside.top1.toFixed(1)} %, ${beside.top5.toFixed(1)} %, ${beside.mrr.toFixed(3)}; ${texts.length} texts`
  return { what, relevance: await relevanceOf(texts, find), beside: said }
}

async function relevanceOf(texts: readonly Typed[], find: Find): Promise<Relevance> {
  let [top1, top5, sum] = [0, 0, 0]
  for (const { text, expected } of texts) {
    const place = (await find(text)).findIndex((id) => expected.includes(id)) + 1
    if (place === 0) continue
    if (place === 1) top1 += 1
    if (place <= 5) top5 += 1
    sum += 1 / place
  }
  const percent = (count: number) => (100 * count) / texts.length
  return { top1: percent(top1), top5: percent(top5), mrr: sum / texts.length }
}

function speed({ resolve }: Resolver, texts: readonly Typed[]): Row {
  const times = texts.map(({ text }) => {
    const started = performance.now()
    resolve(text)
    return performance.now() - started
  })
  return { what: 'typed text → competences', ...spread(times), beside: `${texts.length} texts` }
}

function wordsOf({ occupations, codes, everydayWords }: Sources) {
  const aliases: Typed[] = occupations.flatMap((occupation) =>
    occupation.aliases.map((text) => ({ text, expected: [occupation.id] })),
  )
  const coded = Map.groupBy(
    codes.filter(({ system }) => system === 'jobtech-occupation-name'),
    ({ code }) => code,
  )
  const codedAliases = aliases
    .map(({ text, expected }) => ({
      text,
      expected: expected.flatMap((id) => coded.get(id)?.map(({ slug }) => slug) ?? []),
    }))
    .filter(({ expected }) => expected.length > 0)
  const everyday = [...Map.groupBy(everydayWords, ({ word }) => plain(word)).values()].map((rows): Typed => ({
    text: rows[0]?.word ?? '',
    expected: rows.map(({ slug }) => slug),
  }))
  return { aliases, codedAliases, everyday }
}

/** The vocabulary without the words that are asked of it, whoever they are words of. */
function withoutFold(sources: Sources, fold: number): Sources {
  const keep = (word: string) => foldOf(word) !== fold
  return {
    ...sources,
    occupations: sources.occupations.map((one) => ({ ...one, aliases: one.aliases.filter(keep) })),
    everydayWords: sources.everydayWords.filter(({ word }) => keep(word)),
  }
}

/** By how the word looks, so that one written in two ways is not left in the index in the other. */
function foldOf(word: string): number {
  return createHash('sha256').update(plain(word)).digest().readUInt32BE() % folds
}

/** `by,text,competences`, no field with a comma in it; competences apart by spaces. */
async function readTypedWords(): Promise<Typed[]> {
  const csv = await readFile(new URL('data/typed-words.csv', import.meta.url), 'utf8')
  return csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [, text = '', slugs = ''] = line.split(',')
      return { text, expected: slugs.split(' ') }
    })
}
