// What divides the answers to a question, and how many there are of each.
(function (search) {
  "use strict";
  search.divide = function (data) {
    var head = search.head;
    if (head.divided) return;
    head.samples = search.column(data[1]);
    head.divided = data[0].map(function (each) {
      return { name: each[0], ids: each[1], labels: each[2], of: search.column(each[3]) };
    });
  };
  search.chosen = function (answer, filters, except) {
    search.still(answer.head);
    return answer.entries.filter(function (entry) {
      return answer.head.divided.every(function (facet) {
        var wanted = filters[facet.name];
        return !wanted || facet.name === except || facet.ids[facet.of[entry] - 1] === wanted;
      });
    });
  };
  search.facets = function (answer, filters) {
    search.still(answer.head);
    return answer.head.divided.map(function (facet) {
      var counts = facet.ids.map(function () { return 0; });
      search.chosen(answer, filters, facet.name).forEach(function (entry) { if (facet.of[entry]) counts[facet.of[entry] - 1]++; });
      return {
        name: facet.name,
        values: facet.ids.map(function (id, at) {
          return { id: id, label: facet.labels[at], count: counts[at], isActive: filters[facet.name] === id };
        }).filter(function (each) { return each.count || each.isActive; })
      };
    });
  };
})(window.exhibitSearch);
