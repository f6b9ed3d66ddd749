/** Where Samkraft runs. */
export const address = process.env.SAMKRAFT_URL ?? 'http://127.0.0.1:4000'

/** Where its databases are, as one who may do everything there; empty when they are not ours to touch. */
export const databases = process.env.SAMKRAFT_ADMIN_URL ?? ''
