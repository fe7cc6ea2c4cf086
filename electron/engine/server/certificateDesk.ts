/**
 * Owns: which certificate a listener shows, and the calls about certificates: listing, adding, removing, signing one for
 * a client. What is wrong comes back as problems of fields; a key is in none of them.
 */
import { X509Certificate } from 'node:crypto'
import { certificateName, type Certificates as CertificateList } from '#shared/rpc/contract/certificates.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { ListenerConfig } from '#shared/rpc/contract/listener.ts'
import type { CallArguments, CallResult } from '#shared/rpc/contract.ts'
import type { Certificates } from '../certs/certificates.ts'
import { derOf, factsOf } from '../certs/facts.ts'
import { clientUserProblem } from '../certs/make.ts'
import { checkOwn } from '../certs/own.ts'
import { mostOwn, OwnStore, type OwnStoreOptions } from '../certs/ownStore.ts'
import { type Identity, pairProblem } from './tlsContexts.ts'

export interface DeskOptions extends OwnStoreOptions {
  certs: Certificates
}

export class CertificateDesk {
  readonly #options: DeskOptions
  readonly #own: OwnStore

  constructor(options: DeskOptions) {
    this.#options = options
    this.#own = new OwnStore(options)
  }

  names(): Promise<string[]> {
    return this.#own.names()
  }

  /** What the listener shows, or why it cannot, in words. */
  async identity(
    { certificate }: Pick<ListenerConfig, 'certificate'>,
    serverName: string,
  ): Promise<Identity | string> {
    const { certs, log } = this.#options
    if (certificate !== undefined) return this.#ownIdentity(certificate)
    try {
      return await certs.server(serverName)
    } catch (error) {
      const reason = reasonOf(error)
      log('error', "The local server's certificate could not be made", { reason })
      return `There is no certificate for TLS: ${reason}. Make the data folder writable, or use a listener without TLS.`
    }
  }

  /** Never rejects: one listener's keychain must not keep the others from their new rules. */
  async #ownIdentity(name: string): Promise<Identity | string> {
    const { certs, log } = this.#options
    try {
      const pair = await this.#own.pair(name)
      return typeof pair === 'string' ? pair : { ...pair, ca: certs.authority }
    } catch (error) {
      const reason = reasonOf(error)
      log('error', "The key of a listener's certificate could not be read", { name, reason })
      return `The key of the certificate ${name} cannot be read: ${reason}. Unlock the keychain and save the rules again, or use another certificate.`
    }
  }

  async list(): Promise<CertificateList> {
    const { caFile, authority } = this.#options.certs
    const facts = factsOf(new X509Certificate(authority))
    return {
      authority: { ...facts, file: caFile, pem: authority, der: derOf(authority) },
      own: await this.#own.list(),
    }
  }

  /** What is wrong with it; empty when it was added. */
  async add({ name, ...given }: CallArguments<'server.addCertificate'>): Promise<FieldProblem[]> {
    if (!certificateName.test(name)) return [nameProblem(name)]
    const checked = checkOwn(given, this.#options.clock.now())
    if (Array.isArray(checked)) return checked
    const useless = await pairProblem({ cert: checked.certificate, key: checked.key })
    if (useless !== null) return [{ field: 'certificate', value: '', message: useless }]
    const names = await this.#own.names()
    if (names.length >= mostOwn && !names.includes(name))
      return [
        {
          field: 'name',
          value: name,
          message: `is one more than the ${mostOwn} that are kept; remove another first`,
        },
      ]
    await this.#own.put(name, checked)
    return []
  }

  /** One that is used stays. */
  async remove(name: string, listeners: readonly ListenerConfig[]): Promise<FieldProblem[]> {
    const value = name.slice(0, 60)
    if (!(await this.#own.names()).includes(name))
      return [{ field: 'name', value, message: 'is no certificate here' }]
    const users = listeners.filter(({ certificate }) => certificate === name)
    if (users.length > 0) {
      const where = users.map(({ address, port }) => `${address} port ${port}`).join(', ')
      return [
        { field: 'name', value, message: `is used by the listener on ${where}; give that another one first` },
      ]
    }
    await this.#own.remove(name)
    return []
  }

  async issue({
    user,
    days,
  }: CallArguments<'server.issueClientCertificate'>): Promise<CallResult<'server.issueClientCertificate'>> {
    const { certs } = this.#options
    const message = clientUserProblem(user)
    if (message !== null) return { problems: [{ field: 'user', value: user.slice(0, 100), message }] }
    const { cert, key } = await certs.client(user, days)
    const facts = factsOf(new X509Certificate(cert))
    return { made: { certificate: cert, key, authority: certs.authority, facts }, problems: [] }
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const nameProblem = (name: string): FieldProblem => ({
  field: 'name',
  value: JSON.stringify(name.slice(0, 60)),
  message: 'is no name for a certificate; write 1 to 60 letters, digits, points, hyphens and underscores',
})
