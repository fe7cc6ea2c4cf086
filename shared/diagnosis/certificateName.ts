/** Owns: whether a certificate's names cover a host (RFC 7817 §3, RFC 9525 §6.3): no CNAME, no wildcard but the left-most label. */

/** `names` as in a transcript, `DNS:name` or `IP:address`; `host` a name in ASCII or an address. */
export function coversName(names: readonly string[], host: string): boolean {
  const wanted = host.toLowerCase().replace(/\.$/, '')
  return names.slice(0, 1000).some((entry) => {
    const cut = entry.indexOf(':')
    const kind = entry.slice(0, cut).toUpperCase()
    const name = entry.slice(cut + 1).toLowerCase()
    if (kind === 'IP' || kind === 'IP ADDRESS') return name === wanted
    return matchesName(name, wanted)
  })
}

/** One presented name, perhaps with `*` as its whole first label, against one host name; both in lower case. */
export function matchesName(presented: string, host: string): boolean {
  if (!presented.startsWith('*.')) return presented === host
  const dot = host.indexOf('.')
  return dot > 0 && host.slice(dot) === presented.slice(1) && presented.indexOf('.', 2) > 0
}
