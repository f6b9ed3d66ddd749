import type { CompiledQuery, QueryExecutorProvider, Transaction } from 'kysely'

/** A query that has not been run yet: a builder, or `sql` text. */
export type Question<Row> = { compile(executor: QueryExecutorProvider): CompiledQuery<Row> }

type Answers<Questions extends readonly Question<unknown>[]> = {
  -readonly [Index in keyof Questions]: Questions[Index] extends Question<infer Row> ? Row[] : never
}

/**
 * The rows of several questions, none of which needs the answer of another: they are sent without waiting for each other,
 * which is one round trip where each would cost its own. Fails as the first that fails.
 */
export function askTogether<Schema, const Questions extends readonly Question<unknown>[]>(
  tx: Transaction<Schema>,
  questions: Questions,
): Promise<Answers<Questions>> {
  // Kysely itself lets a transaction's connection run one query at a time.
  return tx.getExecutor().provideConnection(async (connection) => {
    const asked = questions.map((question) => connection.executeQuery(question.compile(tx)))
    const answers = await Promise.all(asked)
    // One to one with the questions, whose types say what their rows are.
    return answers.map(({ rows }) => rows) as Answers<Questions>
  })
}
