/** Owns: labels of domain names in ASCII and back: Punycode (RFC 3492). Labels are short; time is the square of their length. */

const base = 36
const [least, most] = [1, 26]
const [skew, damp] = [38, 700]
const firstBias = 72
const firstCode = 128
/** Code points end here; what is beyond was never encoded by anybody. */
const lastCode = 0x10_ff_ff
/** Octets of a label are 63 at most (RFC 1035 §2.3.4); more is not worth the time. */
const longest = 255

/** RFC 3492 §6.1. */
function adapt(delta: number, points: number, first: boolean): number {
  let left = first ? Math.floor(delta / damp) : Math.floor(delta / 2)
  left += Math.floor(left / points)
  let k = 0
  while (left > ((base - least) * most) / 2) {
    left = Math.floor(left / (base - least))
    k += base
  }
  return k + Math.floor(((base - least + 1) * left) / (left + skew))
}

const threshold = (k: number, bias: number): number => Math.min(most, Math.max(least, k - bias))
const digitOf = (value: number): string => String.fromCodePoint(value < 26 ? value + 97 : value + 22)

function valueOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 22
  if (code >= 97 && code <= 122) return code - 97
  return code >= 65 && code <= 90 ? code - 65 : base
}

/** One number in digits of growing weight (RFC 3492 §3.3). */
function written(delta: number, bias: number): string {
  let [text, left] = ['', delta]
  for (let k = base; ; k += base) {
    const t = threshold(k, bias)
    if (left < t) return text + digitOf(left)
    text += digitOf(t + ((left - t) % (base - t)))
    left = Math.floor((left - t) / (base - t))
  }
}

/** What stands behind `xn--`; null for a label that no name server would take. */
export function encodePunycode(label: string): string | null {
  const codes = Array.from(label, (letter) => letter.codePointAt(0)!)
  if (codes.length > longest) return null
  const basic = codes.filter((code) => code < firstCode)
  let text = basic.map((code) => String.fromCodePoint(code)).join('')
  if (text !== '') text += '-'
  let [n, delta, bias, done] = [firstCode, 0, firstBias, basic.length]
  while (done < codes.length) {
    const next = codes.reduce((low, code) => (code >= n && code < low ? code : low), Infinity)
    delta += (next - n) * (done + 1)
    n = next
    for (const code of codes) {
      if (code < n) delta++
      if (code !== n) continue
      text += written(delta, bias)
      bias = adapt(delta, done + 1, done === basic.length)
      delta = 0
      done++
    }
    delta++
    n++
  }
  return text
}

/** Of what stands behind `xn--`; null where that was never encoded. */
export function decodePunycode(text: string): string | null {
  const end = text.lastIndexOf('-')
  const codes = Array.from(end < 0 ? '' : text.slice(0, end), (letter) => letter.codePointAt(0)!)
  if (text.length > longest || codes.some((code) => code >= firstCode)) return null
  let [n, i, bias, at] = [firstCode, 0, firstBias, end + 1]
  while (at < text.length) {
    const before = i
    for (let [k, weight] = [base, 1]; ; k += base) {
      const value = at < text.length ? valueOf(text.charCodeAt(at++)) : base
      if (value >= base || i > Number.MAX_SAFE_INTEGER / base) return null
      i += value * weight
      const t = threshold(k, bias)
      if (value < t) break
      weight *= base - t
    }
    bias = adapt(i - before, codes.length + 1, before === 0)
    n += Math.floor(i / (codes.length + 1))
    if (n > lastCode || (n >= 0xd8_00 && n <= 0xdf_ff)) return null
    i %= codes.length + 1
    codes.splice(i++, 0, n)
  }
  return String.fromCodePoint(...codes)
}
