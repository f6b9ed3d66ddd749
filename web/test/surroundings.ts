import { existsSync } from 'node:fs'
import chromium from '@sparticuz/chromium'

const systemBrowser = '/usr/bin/chromium'

/** Where Samkraft runs. */
export const address = process.env.SAMKRAFT_URL ?? 'http://127.0.0.1:4000'

/** Where its databases are, as one who may do everything there; empty when they are not ours to touch. */
export const databases = process.env.SAMKRAFT_ADMIN_URL ?? ''

/** The Chromium to test in: the one named, the system's, or the one that comes from npm. */
export const browser =
  process.env.CHROMIUM_PATH ?? (existsSync(systemBrowser) ? systemBrowser : await chromium.executablePath())
