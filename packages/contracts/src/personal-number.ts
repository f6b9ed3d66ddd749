import { isDate } from '@samkraft/kernel'

const shaped = /(?<!\d)(?<century>18|19|20)?(?<yy>\d\d)(?<month>\d\d)(?<day>\d\d)[-–+]?(?<last>\d{4})(?!\d)/g

/** Added to the day in a samordningsnummer. */
const coordinated = 60

/**
 * Whether a text holds a Swedish personal identity number: a personnummer or samordningsnummer, with ten or twelve digits, with or
 * without its dash. Its day must be one and its check digit right (folkbokföringslagen 18 §), so that telephone and diary numbers
 * are none.
 */
export function holdsPersonalNumber(text: string): boolean {
  return text.matchAll(shaped).some(({ groups = {} }) => {
    const { century, yy = '', month = '', day = '', last = '' } = groups
    return isDay(century, yy, month, day) && isChecked(yy + month + day + last)
  })
}

function isDay(century: string | undefined, yy: string, month: string, day: string): boolean {
  const born = Number(day) > coordinated ? String(Number(day) - coordinated).padStart(2, '0') : day
  // Without its century, 29 February of any of them will do.
  return (century === undefined ? ['19', '20'] : [century]).some((first) => isDate(`${first}${yy}-${month}-${born}`))
}

/** Luhn: every other digit twice, and all digits sum to tens. */
function isChecked(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, index) => {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1)
    return total + (weighed > 9 ? weighed - 9 : weighed)
  }, 0)
  return sum % 10 === 0
}
