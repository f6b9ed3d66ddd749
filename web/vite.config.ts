import { paraglideVitePlugin } from '@inlang/paraglide-js'
import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [
    // 2.23: later ones read messages through a database that takes two minutes for ours where its native part does not run
    // (glibc before 2.38).
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      // hooks.server.ts decides the language of each request and hooks.client.ts reads it from <html lang>.
      strategy: ['globalVariable', 'baseLocale'],
      isServer: 'import.meta.env.SSR',
      emitReadme: false,
    }),
    sveltekit({
      adapter: adapter(),
      compilerOptions: { runes: true },
      // The origin is not known when building: main.ts gives each request the one from the configuration,
      // and Kit's own check compares form posts with that.
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          // The one inline style: Kit's own announcer of page changes, by the hash of its text.
          'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
          'img-src': ['self', 'data:'],
          'connect-src': ['self'],
          'font-src': ['self'],
          'manifest-src': ['self'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
          'object-src': ['none'],
        },
      },
      // Pages may be under signed-in paths: nothing is prerendered, and asset links are absolute.
      paths: { relative: false },
      version: { pollInterval: 0 },
    }),
  ],
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                // What Kit's start needs, which fills the payload before it loads whatever reads it: there nothing else may come with it.
                { name: 'start', test: /kit.src.runtime.client.payload|vite.preload-helper/, priority: 1 },
                // What many pages have in common is one file: by itself each message and each part of a form would be a request of
                // its own. With what only two have in common, every page would bring 36 kB of the others' as well.
                { name: 'shared', minShareCount: 7 },
              ],
            },
          },
        },
      },
    },
  },
})
