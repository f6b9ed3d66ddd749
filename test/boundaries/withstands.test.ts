import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { root } from '../../infra/local/places.ts'

const inRooms = /^(packages|services|web|infra|test)\//

/** What the table names: a file as it stands there, and the tests of it, by parts of their names. */
type Named = Readonly<{ file: string; tests: readonly string[] }>

/** Every file that is named, with the “names” that follow it in its cell. */
function namedIn(text: string): Named[] {
  const spans = text.matchAll(/`([^`|]+)`([^`|]*)/g)
  return [...spans]
    .map(([, file = '', after = '']) => ({ file, tests: quotedIn(after) }))
    .filter(({ file, tests }) => inRooms.test(file) || tests.length > 0)
}

function quotedIn(text: string): string[] {
  return [...text.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name)
}

/** What the tests of a file and the groups of them are called. */
function titlesIn(source: string): string[] {
  const titles: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.arguments.length > 1) {
      const [title] = node.arguments
      if (title && ts.isStringLiteralLike(title)) titles.push(title.text)
      if (title && ts.isTemplateExpression(title)) titles.push(title.getText())
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('a.test.ts', source, ts.ScriptTarget.Latest, true))
  return titles
}

async function faultsOf({ file, tests }: Named): Promise<string[]> {
  if (tests.length === 0) return existsSync(join(root, file)) ? [] : [`${file} is not there`]
  const source = await readFile(join(root, `${file}.test.ts`), 'utf8').catch(() => null)
  if (source === null) return [`${file}.test.ts is not there`]
  const titles = titlesIn(source)
  return tests
    .filter((name) => !titles.some((title) => title.includes(name)))
    .map((name) => `${file}: no test “${name}”`)
}

test('what docs/withstands.md names is there: every file, and every test in it', async () => {
  const text = await readFile(join(root, 'docs/withstands.md'), 'utf8')
  const named = namedIn(text)
  // A table that is read wrongly names nothing, and nothing of it is missing.
  expect(quotedIn(text).length).toBeGreaterThan(90)
  expect(named.flatMap(({ tests }) => tests)).toEqual(quotedIn(text))
  expect((await Promise.all(named.map(faultsOf))).flat()).toEqual([])
})
