/** Owns: the certificates of the local server and what its TLS library can, as the engine told it last. Never saved. */
import { createStore } from 'zustand/vanilla'
import type { Certificates, TlsSupport } from '#shared/rpc/contract/certificates.ts'

export interface CertificatesStore {
  certificates: Certificates | null
  support: TlsSupport | null
  /** Why the certificates could not be read, in words. */
  failed: string | null
  set: (change: Partial<Pick<CertificatesStore, 'certificates' | 'support' | 'failed'>>) => void
}

export const createCertificatesStore = () =>
  createStore<CertificatesStore>()((set) => ({
    certificates: null,
    support: null,
    failed: null,
    set: (change) => set(change),
  }))
