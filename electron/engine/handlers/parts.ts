/** Owns: what the handlers are given: the engine's parts, opened. */
import type { Certificates } from '../certs/certificates.ts'
import type { AllowedHosts } from '../inbox/allowedHosts.ts'
import type { EnginePorts } from '../ports.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { LocalServer } from '../server/types.ts'
import type { Store } from '../store/types.ts'
import type { Hub } from '../transcripts/types.ts'

export interface Parts {
  ports: EnginePorts
  store: Store
  hub: Hub
  certs: Certificates
  server: LocalServer
  profiles: Profiles
  /** Whom anything may be sent to that a person did not send: one list for the whole program. */
  hosts: AllowedHosts
}
