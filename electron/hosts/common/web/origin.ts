/**
 * Owns: whether a request was meant for this host and came from its own page. A foreign name that resolves to loopback
 * (DNS rebinding) shows in Host; a foreign page shows in Origin.
 */

const names = ['127.0.0.1', 'localhost']

/** What browsers write for this host: the port is left out when it is 80 (RFC 9110 §4.2.1). */
const hosts = (port: number): string[] =>
  names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]))

export function hostAllowed(host: string | undefined, port: number): boolean {
  return host !== undefined && hosts(port).includes(host.toLowerCase())
}

/** The very origin that Host names, so that a page under `localhost` cannot speak for one under `127.0.0.1`. */
export function originAllowed(origin: string | undefined, host: string | undefined, port: number): boolean {
  return hostAllowed(host, port) && origin?.toLowerCase() === `http://${host?.toLowerCase()}`
}
