import { expect, test } from 'vitest'
import { oneLine } from './text.ts'

const line = oneLine(80)

test.each(['Rektor\nRegistrator', '\u200b', '\u3164\u2060', '\u00ad', '\u202e'])(
  'a line with a break, or of nothing that is seen, is refused: %j',
  (written) => {
    expect(line.safeParse(written).success).toBe(false)
  },
)

test.each(['Skolchef\u202e', '\u202a Skolchef', '\u2066Skolchef\u2069', ' Skolchef '])(
  'what turns the words after a line is left out of it: %j',
  (written) => {
    expect(line.parse(written)).toBe('Skolchef')
  },
)

test.each(['Skolchef', 'مدير المدرسة', 'KS 2026/12', 'Rektor 👩‍🏫', 'Special\u00adpedagog', '§ 4'])(
  '%j is a line',
  (written) => {
    expect(line.parse(written)).toBe(written)
  },
)
