// What offices still run: the styles as they are sent must work there.
export default {
  plugins: ["stylelint-no-unsupported-browser-features"],
  rules: { "plugin/no-unsupported-browser-features": [true, { browsers: ["chrome 109"], ignore: [], ignorePartialSupport: true }] },
};
