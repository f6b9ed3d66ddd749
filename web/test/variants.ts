import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The main job is one job in every language and by every hand. */
export const variants = {
  'in Swedish': {},
  'in English': { lang: 'en' },
  'with JavaScript off': { javaScriptEnabled: false },
  'by keyboard alone': { by: 'keyboard' },
} as const

export type Variant = keyof typeof variants

/** Lays down which arrangement a journey came to, for the tests of its first day. */
export function leaveArrangement(directory: string, variant: string, id: string): void {
  mkdirSync(directory, { recursive: true })
  writeFileSync(fileOf(directory, variant), id)
}

/** The arrangement of a journey of this run. */
export function arrangementLeft(directory: string, variant: string): string {
  const file = fileOf(directory, variant)
  if (!existsSync(file)) throw new Error(`the journey ${variant} has left no arrangement`)
  return readFileSync(file, 'utf8')
}

function fileOf(directory: string, variant: string): string {
  return join(directory, `arrangement ${variant}`)
}
