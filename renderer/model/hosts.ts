/** Owns: which hosts outside this computer were contacted, for the standing promise in the title bar. */
import type { SessionSummary } from '#shared/transcript/event.ts'

/** By name or address; only what is certain to stay on this computer. */
export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127\.\d+\.\d+\.\d+$/.test(name)
  )
}

/**
 * Hosts that sessions since `since` (ISO time), and older ones that still go on, went to from here; newest first.
 * `but`: sessions of this source are left out.
 */
export function contactedHosts(
  order: readonly string[],
  summaries: Readonly<Record<string, SessionSummary>>,
  since: string,
  but?: SessionSummary['source'],
): string[] {
  const hosts = new Set<string>()
  for (const id of order) {
    const summary = summaries[id]
    if (!summary || (summary.startedAt < since && summary.state === 'ended')) continue
    const ours =
      summary.role === 'client' &&
      summary.source !== 'import' &&
      summary.source !== 'lesson' &&
      summary.source !== but
    // Who was only looked up heard nothing of it.
    const asked = summary.port !== 0 || summary.connects === true
    if (ours && asked && !isLoopback(summary.host)) hosts.add(summary.host)
  }
  return [...hosts]
}
