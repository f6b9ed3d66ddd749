import { type Kysely, sql } from 'kysely'

/** The words a list's search finds each by, as `showOffer` and `showRequest` give them: its name, what goes with it, the rest. */
const words = {
  offer: {
    name: sql`concat_ws(' ', item ->> 'title', item #>> '{mainCompetence,sv}', item #>> '{mainCompetence,en}')`,
    beside: named(sql`more -> 'otherCompetences'`),
    text: sql`concat_ws(' ', more #>> '{details,description}', more #>> '{details,conditions}',
      more #>> '{details,costBasis}', more #>> '{at,name}')`,
  },
  request: {
    name: sql`concat_ws(' ', item ->> 'title', ${named(sql`item -> 'requiredCompetences'`)})`,
    beside: named(sql`more -> 'preferredCompetences'`),
    text: sql`concat_ws(' ', more #>> '{details,description}', more #>> '{details,ifNobodyHelps}', more #>> '{at,name}')`,
  },
} as const

/**
 * What is published already is found word by word, also where a stroke, a full stop or a hyphen stands between two. Labels are
 * kept: they are what has no place in the text.
 */
export async function up<Schema>(db: Kysely<Schema>): Promise<void> {
  for (const noun of ['offer', 'request'] as const) {
    const { name, beside, text } = words[noun]
    await sql`
      update ${sql.table(`published_${noun}`)} set search = ${indexed(name, 'A')}
        || ${indexed(sql`concat_ws(' ', ${beside}, item #>> '{owner,name}', item #>> '{owner,shortName}', item ->> 'reference')`, 'B')}
        || ${indexed(text, 'D')}
        || array_to_tsvector((select coalesce(array_agg(lexeme), '{}') from unnest(search) where positions is null))`.execute(
      db,
    )
  }
}

function named(competences: ReturnType<typeof sql>) {
  return sql`(select string_agg(concat_ws(' ', one ->> 'sv', one ->> 'en'), ' ') from json_array_elements(${competences}) as one)`
}

function indexed(text: ReturnType<typeof sql>, weight: string) {
  return sql`setweight(to_tsvector('swedish_plain', regexp_replace(unaccent(${text}), '[[:punct:]]+', ' ', 'g')), ${weight})`
}
