/** A session that nothing is done with ends after this long (ASVS 5.0.0 7.3.1). */
export const idleMinutes = 30

/** And every session after this long: a working day with its evening meeting (7.3.2). */
export const longestHours = 12

/** That a session was used is written at most this often; a page view need not cost a write. */
export const touchSeconds = 60
