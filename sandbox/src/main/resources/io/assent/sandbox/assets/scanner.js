// Reads QR codes by the camera, where the browser has a detector for them (BarcodeDetector of the Shape Detection API).

import { sleep } from "./clock.js";
import { Problem } from "./problem.js";

/** How long it waits between two looks, in milliseconds. */
const PAUSE = 200;

/** Whether this browser can scan. */
export async function canScan() {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  return Boolean(navigator.mediaDevices) && formats.includes("qr_code");
}

/**
 * Shows what the camera sees until it sees a code.
 *
 * @param video where to show it
 * @param signal ends the scanning
 * @return what the code says; null where the signal came first
 */
export async function scan(video, signal) {
  const camera = await openCamera();
  try {
    video.srcObject = camera;
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    while (!signal.aborted) {
      const [code] = await detector.detect(video);
      if (code) {
        return code.rawValue;
      }
      await sleep(PAUSE, signal).catch(() => {});
    }
    return null;
  } finally {
    camera.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  }
}

async function openCamera() {
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (error) {
    throw new Problem("no-camera", 0, `The camera can't be used: ${error.message}`);
  }
}
