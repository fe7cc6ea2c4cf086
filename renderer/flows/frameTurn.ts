/**
 * Owns: when work of the page goes on: long work at once after what else waits, unless no frame has come for a while; what
 * may be drawn later, behind the next frame. A busy page gives a frame up to a tenth of a second to wait, because a
 * browser takes what arrives first; whoever looks would see that.
 */

/** Milliseconds without a frame, of which work waits for one. A turn more, and it is still under 50. */
const mostWithout = 20
/** Milliseconds that a frame is waited for: a window in the background has none, and a busy computer few. */
const mostWaited = 34

let lastFrame = -Infinity
let asked = 0

function askForFrame(): void {
  asked ||= requestAnimationFrame(() => {
    asked = 0
    lastFrame = performance.now()
  })
}

/** Calls `go` in a later task. Answers with the way to call it off. */
export function nextTurn(go: () => void): () => void {
  const isDue = performance.now() - lastFrame > mostWithout
  askForFrame()
  let timer = setTimeout(go, isDue ? mostWaited : 0)
  if (!isDue) return () => clearTimeout(timer)
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    // Behind the painting of this frame.
    timer = setTimeout(go, 0)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/** Calls `go` once the next frame is painted. Answers with the way to call it off. */
export function afterFrame(go: () => void): () => void {
  let timer = setTimeout(call, mostWaited)
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer)
    timer = setTimeout(call, 0)
  })
  function call(): void {
    cancelAnimationFrame(frame)
    go()
  }
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
