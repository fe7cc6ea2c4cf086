/** Owns: answering with the built page's files. */
import { answer, plainPage } from './answers.ts'
import { readStaticFiles } from './staticFiles.ts'
import type { Content } from './webHost.ts'

/** The files of `folder` (out/renderer) behind the door. Rejects, in words, when the page is not built. */
export async function pageContent(folder: string): Promise<Content> {
  const files = await readStaticFiles(folder)
  return {
    answer(request, response, path, policy) {
      const file = files.get(path)
      if (file === undefined) {
        const body = plainPage('Not here', 'There is no such file.')
        return answer(request, response, policy, { status: 404, type: 'text/html; charset=utf-8', body })
      }
      const lasting = { 'Cache-Control': 'private, max-age=31536000, immutable' }
      const headers = file.lasting ? lasting : {}
      answer(request, response, policy, { status: 200, type: file.type, body: file.bytes, headers })
    },
  }
}
