/** Owns: reading the certificates store. */
import { useField } from '#renderer/flows/services.ts'
import type { CertificatesStore } from '#renderer/stores/certificates.ts'

export const useCertificates = <T>(select: (certificates: CertificatesStore) => T): T =>
  useField((stores) => stores.certificates, select)
