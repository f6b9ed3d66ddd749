import { randomUUID } from 'node:crypto'
import { type APIRequest, type Cookie, expect } from '@playwright/test'
import { address } from './surroundings.ts'
import type { Locale } from './words.ts'

/** How one comes to pages whose address nobody knows by heart. Each way is gone once, however many pages ask for it. */
export type Ways = Readonly<{
  /** The first link on a page that looks like this, and whose words begin so, as the account sees it. */
  link(account: string, page: string, looks: RegExp, named?: string): Promise<string>
  /** A draft that says the same as the published offer or request at an address: its own address, without a step. */
  copy(account: string, published: Promise<string>): Promise<string>
  /** Such a draft with one step left unanswered. */
  copyWithout(account: string, published: Promise<string>, step: string): Promise<string>
  /** The link of an invitation to somebody who is new here. */
  invitation(administrator: string): Promise<string>
  /** The link with which a colleague of theirs chooses a new password. */
  newPassword(administrator: string): Promise<string>
  /** The page of an allocation plan that is there to be read. */
  plan(coordinator: string): Promise<string>
  /** What a page is called; to somebody who is not signed in unless an account is named. */
  titleOf(page: string, account: string | undefined, lang: Locale): Promise<string>
}>

/** An address as it stands in an attribute, where an ampersand is written out. */
const plain = (href: string) => href.replaceAll('&amp;', '&')

/** Ways gone by plain requests, which is much quicker than in a browser. */
export function openWays(requests: APIRequest, sessionOf: (account: string) => Promise<Cookie>): Ways {
  const known = new Map<string, Promise<string>>()
  const once = (go: () => Promise<string>, ...names: readonly string[]) => {
    const name = names.join(' ')
    const way = known.get(name) ?? go()
    known.set(name, way)
    return way
  }

  async function ask(account: string | undefined, path: string, form?: Record<string, string>, lang: Locale = 'sv') {
    const session = account === undefined ? [] : [await sessionOf(account)]
    const cookie = [...session, { name: 'samkraft-lang', value: lang }].map(({ name, value }) => `${name}=${value}`)
    const headers = { cookie: cookie.join('; '), accept: 'text/html', origin: address }
    const request = await requests.newContext({ baseURL: address, extraHTTPHeaders: headers })
    const response = form ? await request.post(path, { form, maxRedirects: 0 }) : await request.get(path)
    const answer = { status: response.status(), to: response.headers()['location'] ?? '', text: await response.text() }
    await request.dispose()
    return answer
  }

  async function copy(account: string, published: string): Promise<string> {
    const { status, to } = await ask(account, `${published}?/copy`, { formKey: randomUUID() })
    expect(status, `${account} copies ${published}`).toBe(303)
    return to.split('/').slice(0, 4).join('/')
  }

  return {
    link: (account, page, looks, named = '') =>
      once(
        async () => {
          const { text } = await ask(account, page)
          const links = [...text.matchAll(/<a[^>]* href="([^"]+)"[^>]*>([^<]*)/g)]
          const found = links.find(([, href = '', words = '']) => looks.test(plain(href)) && words.startsWith(named))
          if (!found?.[1]) throw new Error(`${account} finds no link like ${looks} ${named} on ${page}`)
          return plain(found[1])
        },
        account,
        page,
        String(looks),
        named,
      ),
    copy: async (account, published) => {
      const from = await published
      return once(() => copy(account, from), 'copy', from)
    },
    copyWithout: async (account, published, step) => {
      const from = await published
      return once(
        async () => {
          const draft = await copy(account, from)
          const [, version = ''] =
            /name="version" value="(\d+)"/.exec((await ask(account, `${draft}/${step}`)).text) ?? []
          const { status } = await ask(account, `${draft}/${step}?/save`, { version, later: '1' })
          expect(status, `${account} leaves ${draft}/${step} unanswered`).toBe(303)
          return draft
        },
        'copy',
        from,
        'without',
        step,
      )
    },
    invitation: (administrator) =>
      once(
        async () => {
          const email = `${randomUUID().slice(0, 8)}@inbjuden.example`
          const form = { email, title: 'Utredare', roles: 'officer', formKey: randomUUID() }
          const { text } = await ask(administrator, '/organisation/bjud-in', form)
          const [link] = /\/inbjudan\/[\w-]+/.exec(text) ?? []
          if (link === undefined) throw new Error(`${administrator} is given no link to send`)
          return link
        },
        'invitation',
        administrator,
      ),
    newPassword: (administrator) =>
      once(
        async () => {
          const { text: people } = await ask(administrator, '/organisation')
          // In order of title, where administrators come first: theirs are not the last.
          const colleague = people.match(/\/organisation\/personer\/[\w-]+/g)?.at(-1) ?? ''
          const { text } = await ask(administrator, `${colleague}?/password`, { formKey: randomUUID() })
          const [link] = /\/inbjudan\/[\w-]+/.exec(text) ?? []
          if (link === undefined) throw new Error(`${administrator} is given no link to a new password`)
          return link
        },
        'new password',
        administrator,
      ),
    plan: (coordinator) =>
      once(
        async () => {
          const form = { fairness: '0.5', mostProviders: '2', formKey: randomUUID() }
          const { status, to } = await ask(coordinator, '/samordning/fordelning?/compute', form)
          expect(status, `${coordinator} has a plan computed`).toBe(303)
          const isThere = async () => (await ask(coordinator, to)).text.includes('vy=matris')
          await expect.poll(isThere, { timeout: 60_000 }).toBe(true)
          return to
        },
        'plan',
        coordinator,
      ),
    titleOf: async (page, account, lang) => {
      const { text } = await ask(account, page, undefined, lang)
      return /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? ''
    },
  }
}
