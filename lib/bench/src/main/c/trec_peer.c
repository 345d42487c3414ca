/* What pytrec_eval does in C, for metrics_path.py: a dict of dicts of scores is turned into arrays,
 * every query is sorted by score and by document, merged with its judgements, and ndcg_cut, map_cut,
 * recall, P and success at seven cutoffs come back as a dict of dicts of floats. Written from
 * trec_eval's rules; it copies no strings and scores all measures of a query in one pass, so it is
 * no slower than the original. Called through ctypes.PyDLL, hence the few declarations of Python. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct _object PyObject;
extern int PyDict_Next(PyObject *, long *, PyObject **, PyObject **);
extern long PyDict_Size(PyObject *);
extern PyObject *PyDict_New(void);
extern PyObject *PyDict_GetItem(PyObject *, PyObject *);
extern int PyDict_SetItem(PyObject *, PyObject *, PyObject *);
extern PyObject *PyUnicode_FromString(const char *);
extern const char *PyUnicode_AsUTF8(PyObject *);
extern double PyFloat_AsDouble(PyObject *);
extern PyObject *PyFloat_FromDouble(double);
extern long PyLong_AsLong(PyObject *);
extern void Py_DecRef(PyObject *);

enum { CUTOFFS = 7, FAMILIES = 5 };
static const int cutoffs[CUTOFFS] = {1, 3, 5, 10, 20, 100, 1000};

typedef struct { const char *id; double score; int rank; int grade; } Hit;
typedef struct { const char *id; int grade; } Judged;

static int by_score(const void *a, const void *b) {
    const Hit *x = a, *y = b;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return strcmp(y->id, x->id);
}
static int by_id(const void *a, const void *b) {
    return strcmp(((const Hit *) a)->id, ((const Hit *) b)->id);
}
static int judged_by_id(const void *a, const void *b) {
    return strcmp(((const Judged *) a)->id, ((const Judged *) b)->id);
}
static int descending(const void *a, const void *b) {
    return ((const Judged *) b)->grade - ((const Judged *) a)->grade;
}

static double dcg(const int *grades, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        if (grades[i] > 0) sum += grades[i] / log2(i + 2);
    return sum;
}

static void measure(const int *grades, int n, const int *ideal, int relevant, double *out) {
    for (int c = 0; c < CUTOFFS; c++) {
        int k = cutoffs[c], hits = 0;
        double precisions = 0;
        for (int i = 0; i < n && i < k; i++)
            if (grades[i] > 0) precisions += (double) ++hits / (i + 1);
        double best = dcg(ideal, relevant < k ? relevant : k);
        out[c] = best > 0 ? dcg(grades, n < k ? n : k) / best : 0;
        out[CUTOFFS + c] = relevant ? precisions / relevant : 0;
        out[2 * CUTOFFS + c] = relevant ? (double) hits / relevant : 0;
        out[3 * CUTOFFS + c] = (double) hits / k;
        out[4 * CUTOFFS + c] = hits > 0;
    }
}

/* names: 35 strings, family by family. */
PyObject *evaluate(PyObject *run, PyObject *qrels, const char **names) {
    PyObject *result = PyDict_New(), *query, *scores, *key, *value;
    PyObject *keys[FAMILIES * CUTOFFS];
    for (int m = 0; m < FAMILIES * CUTOFFS; m++) keys[m] = PyUnicode_FromString(names[m]);
    for (long at = 0; PyDict_Next(run, &at, &query, &scores);) {
        PyObject *judgements = PyDict_GetItem(qrels, query);
        if (!judgements) continue;
        int n = 0, judged = 0, relevant = 0;
        Hit *hits = malloc((PyDict_Size(scores) + 1) * sizeof(Hit));
        Judged *grades = malloc((PyDict_Size(judgements) + 1) * sizeof(Judged));
        for (long i = 0; PyDict_Next(scores, &i, &key, &value); n++)
            hits[n] = (Hit) {PyUnicode_AsUTF8(key), PyFloat_AsDouble(value), 0, -1};
        for (long i = 0; PyDict_Next(judgements, &i, &key, &value); judged++)
            grades[judged] = (Judged) {PyUnicode_AsUTF8(key), (int) PyLong_AsLong(value)};
        qsort(hits, n, sizeof(Hit), by_score);
        for (int i = 0; i < n; i++) hits[i].rank = i;
        qsort(hits, n, sizeof(Hit), by_id);
        qsort(grades, judged, sizeof(Judged), judged_by_id);
        for (int i = 0, j = 0; i < n; i++) {
            while (j < judged && strcmp(grades[j].id, hits[i].id) < 0) j++;
            if (j < judged && !strcmp(grades[j].id, hits[i].id)) hits[i].grade = grades[j].grade;
        }
        int *ranked = malloc((n + 1) * sizeof(int)), *ideal = malloc((judged + 1) * sizeof(int));
        for (int i = 0; i < n; i++) ranked[hits[i].rank] = hits[i].grade;
        qsort(grades, judged, sizeof(Judged), descending);
        for (int j = 0; j < judged && grades[j].grade > 0; j++) ideal[relevant++] = grades[j].grade;
        double out[FAMILIES * CUTOFFS];
        measure(ranked, n, ideal, relevant, out);
        PyObject *row = PyDict_New();
        for (int m = 0; m < FAMILIES * CUTOFFS; m++) {
            value = PyFloat_FromDouble(out[m]);
            PyDict_SetItem(row, keys[m], value);
            Py_DecRef(value);
        }
        PyDict_SetItem(result, query, row);
        Py_DecRef(row);
        free(hits); free(grades); free(ranked); free(ideal);
    }
    for (int m = 0; m < FAMILIES * CUTOFFS; m++) Py_DecRef(keys[m]);
    return result;
}
