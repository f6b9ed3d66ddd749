/**
 * Says whether to say something: the same thing at most once in so many milliseconds, and at once what is about something
 * else than what was said last.
 */
export function seldom(milliseconds: number, now: () => number = () => performance.now()): (about?: string) => boolean {
  let last = { about: '', at: -Infinity }
  return (about = '') => {
    if (last.about === about && now() - last.at < milliseconds) return false
    last = { about, at: now() }
    return true
  }
}
