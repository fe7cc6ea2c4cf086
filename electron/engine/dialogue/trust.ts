/** Owns: which root certificates are trusted: those that come with the runtime, the system's, and the user's own. */
import { createSecureContext, getCACertificates, rootCertificates, type SecureContext } from 'node:tls'

/** A context with hundreds of roots takes tens of milliseconds to build, so the last few are kept. */
const kept = 4
const contexts = new Map<string, SecureContext>()
let roots: string[] | undefined

function trustedRoots(): string[] {
  if (roots) return roots
  // A runtime whose TLS library cannot read the system's store still has its own roots.
  let system: string[] = []
  try {
    system = getCACertificates('system')
  } catch {
    system = []
  }
  roots = [...new Set([...rootCertificates, ...system])]
  return roots
}

/** A client certificate with its chain and its key, PEM. */
export interface ClientIdentity {
  cert: string
  key: string
  passphrase?: string | undefined
}

/**
 * The context for checking servers, with `ca` (PEM, any number of certificates) trusted as well. Throws on bad PEM. With
 * an identity it is made anew each time: a private key is not kept.
 */
export function trustContext(ca: string | undefined, identity?: ClientIdentity): SecureContext {
  if (identity !== undefined) return createSecureContext({ ca: authorities(ca), ...identity })
  const key = ca ?? ''
  const known = contexts.get(key)
  if (known) return known
  const context = createSecureContext({ ca: authorities(ca) })
  if (contexts.size >= kept) contexts.delete(contexts.keys().next().value ?? '')
  contexts.set(key, context)
  return context
}

const authorities = (ca: string | undefined): string[] => (ca ? [...trustedRoots(), ca] : trustedRoots())
