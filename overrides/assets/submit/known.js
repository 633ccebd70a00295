// What the page is given or fetches: the forms, a draft to begin with, last year's report.
(function () {
  "use strict";
  const { files, submit } = self.nianbao;
  const { language, shape } = submit;

  /** Ways to these, by the page's own data: its list of forms, and whole forms where it brings them along. */
  function known(data) {
    /** A form with its tables. */
    async function form(id) {
      const { slug } = data.forms.find((form) => form.id === id);
      const whole = data.whole && data.whole[id];
      return shape.form(whole || (await files.json("submit/" + slug + ".json")));
    }

    /** A report in which nothing is filled in yet. */
    function begun(chosen, own, year) {
      const tables = {};
      chosen.tables.forEach((one) => (tables[one.id] = shape.blank(one)));
      const title = own.name + year + "年政府信息公开工作年度报告";
      return {
        unit: { id: own.id, name: own.name, years: own.years }, year, form: chosen.id, tables,
        fields: { title }, sections: {}, chapters: [], labels: {}, waivers: {},
      };
    }

    /** That draft as the form is now: one made with an older page may lack a row. */
    function mended(chosen, draft) {
      chosen.tables.forEach((one) => {
        const blank = shape.blank(one);
        const own = draft.tables[one.id] || {};
        one.lines.forEach(({ id }) => (blank[id] = blank[id].map((_, i) => String((own[id] || [])[i] || ""))));
        draft.tables[one.id] = blank;
      });
      return Object.assign({ chapters: [], labels: {}, waivers: {} }, draft);
    }

    // Last year's report, if the archive has one of this very unit: a unit that others merged into is another one.
    async function before(draft) {
      if ((draft.unit.years || []).indexOf(draft.year - 1) < 0) return null;
      try {
        const about = await files.json("api/v1/units/" + draft.unit.id + ".json");
        if ((about.predecessors || []).length) return null;
        return await files.json("units/" + draft.unit.id + "/" + (draft.year - 1) + "/report.json");
      } catch (error) {
        return null; // without it there is less to check
      }
    }

    /** Last year's tables by id, to be checked against by a report of the same scope, and whether that was 汇总. */
    async function last(draft) {
      const report = await before(draft);
      if (!report) return { tables: {} };
      const found = {};
      for (const id of Object.keys(report.tables)) {
        const then = await form(report.table_forms ? report.table_forms[id] : report.form);
        const own = then.tables.find((one) => one.id === id);
        const raw = {};
        own.lines.forEach((line) => {
          raw[line.id] = line.columns.map((column) => {
            const cell = report.tables[id][line.id][column.id];
            return cell.state === "missing" ? language.known("cells").missing : cell.raw;
          });
        });
        found[id] = shape.filled(own, raw);
      }
      return { tables: found, aggregated: report.scope === "aggregated" };
    }

    return { form, begun, mended, last };
  }

  submit.known = known;
})();
