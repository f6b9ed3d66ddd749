/** Somebody signed in to the web, without a browser: pages as text, and the stream an open page listens to. */
export type Visitor = Readonly<{
  get(path: string): Promise<string>
  /** Opens a page's event stream; `changed` resolves when one of these nouns has changed since it was last asked. */
  listen(nouns: ReadonlySet<string>): Promise<AsyncDisposable & { changed(): Promise<void> }>
}>

/** Signs in through the form, as a browser without scripts does. */
export async function visit(base: string, email: string, password: string): Promise<Visitor> {
  const form = await fetch(`${base}/logga-in`)
  const jar = new Map<string, string>()
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', ...value] = pair.split('=')
      jar.set(name, value.join('='))
    }
  }
  keep(form)
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const signedIn = await fetch(`${base}/logga-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      origin: base,
      cookie: cookie(),
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'text/html',
    },
    body: new URLSearchParams({ email, password }),
  })
  keep(signedIn)
  if (signedIn.status !== 303) throw new Error(`signing in answered ${signedIn.status}`)

  return {
    async get(path) {
      const response = await fetch(base + path, { headers: { cookie: cookie(), accept: 'text/html' } })
      return response.text()
    },
    async listen(nouns) {
      const stop = new AbortController()
      const response = await fetch(`${base}/live`, { headers: { cookie: cookie() }, signal: stop.signal })
      const reader = response.body?.getReader()
      if (!response.ok || !reader) throw new Error(`the event stream answered ${response.status}`)
      let news = Promise.withResolvers<undefined>()
      const follow = async () => {
        for (;;) {
          const { done, value } = await reader.read()
          if (done) return
          const heard = Buffer.from(value)
            .toString()
            .matchAll(/"noun":"(\w+)"/g)
          if (heard.some(([, noun = '']) => nouns.has(noun))) news.resolve(undefined)
        }
      }
      follow().catch(() => news.resolve(undefined))
      return {
        async changed() {
          await news.promise
          news = Promise.withResolvers()
        },
        async [Symbol.asyncDispose]() {
          stop.abort()
        },
      }
    },
  }
}
