/** Red, green and blue, each from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Any colour that the browser knows, whatever its notation, as its three parts; the other one where it cannot say. */
export function rgb(colour: string, otherwise: Rgb = [128, 128, 128]): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  if (hex) {
    return [parseInt(hex[1], 16), parseInt(hex[2], 16), parseInt(hex[3], 16)];
  }
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d");
  if (!context) {
    return otherwise;
  }
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b, alpha] = context.getImageData(0, 0, 1, 1).data;
  return alpha === 0 ? otherwise : [r, g, b];
}

export function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (i: number) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [part(0), part(1), part(2)];
}

/** As WCAG has it: from 1 (the same) to 21 (black on white). */
export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

/** What WCAG asks of small text. */
const READABLE = 4.5;

/** White where it can be read on a background, else black. */
export function inkOn(background: Rgb): string {
  return contrast(background, [255, 255, 255]) >= READABLE ? "#ffffff" : "#000000";
}

export const css = (colour: Rgb) => `rgb(${colour.join(",")})`;

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
