/** Owns: the routes about the API and the server: health, the document, what a problem means, where mail goes. */
import { openApiDocument } from './openApi.ts'
import { Problem, problemPath, problemTypes } from './problems.ts'
import { type Route, route } from './route.ts'
import { Document, Health, ProblemAddress, ProblemHelp, ServerAnswer } from './schemas.ts'
import type { RouteDeps } from './types.ts'

export function metaRoutes(
  { client, version }: Pick<RouteDeps, 'client' | 'version'>,
  all: () => readonly Route[],
): Route[] {
  let document: object | null = null
  return [
    route({
      method: 'GET',
      path: '/api/v1/health',
      name: 'health',
      summary: 'Whether the API answers',
      token: false,
      answer: { description: 'It does.', schema: Health },
      run: () => ({ json: { status: 'ok', version } }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/server',
      name: 'server',
      summary: 'Where the local server takes mail',
      answer: { description: 'Its listeners with their real ports.', schema: ServerAnswer },
      async run() {
        const { running, listeners } = await client.call('server.status', {})
        const told = listeners.map(({ address, port, actualPort, tls, auth, state, problem }) => ({
          address,
          port: actualPort ?? port,
          tls,
          auth,
          state,
          ...(problem === undefined ? {} : { problem }),
        }))
        return { json: { running, listeners: told } }
      },
    }),
    route({
      method: 'GET',
      path: `${problemPath}/{name}`,
      name: 'problem',
      summary: 'What a problem means and what to do',
      token: false,
      params: ProblemAddress,
      problems: ['not-found'],
      answer: { description: 'In words.', schema: ProblemHelp },
      run({ params: { name } }) {
        const found = Object.entries(problemTypes).find(([known]) => known === name)
        if (found === undefined) throw new Problem('not-found', `There is no problem ${JSON.stringify(name)}.`) // prettier-ignore
        return { json: { name, ...found[1] } }
      },
    }),
    route({
      method: 'GET',
      path: '/openapi.json',
      name: 'document',
      summary: 'This document, OpenAPI 3.1',
      token: false,
      answer: { description: 'The document.', schema: Document },
      run: () => ({ json: (document ??= openApiDocument(all(), version)) }),
    }),
  ]
}
