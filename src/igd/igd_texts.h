// SPDX-License-Identifier: LGPL-3.0-only
// Made by scripts/texts of igd_texts.txt, where the texts can be read and changed.
// Copyright (C) 2026 The seabios-igd authors
#ifndef IGD_TEXTS_H
#define IGD_TEXTS_H

// Each text and word has its length before it. The character IGD_WORDS_FIRST and those above it
// stand for igd_words, which start at igd_words_at for every IGD_WORDS_STEP of them.
#define IGD_WORDS_FIRST '{'
#define IGD_WORDS_STEP 8
static const char igd_words[] IGD_UNALIGNED =
    "\004\360llx"
    "\003\342d\324"
    "\010\223\371eck\214\215\210"
    "\003\232  "
    "\007\174w\305n\300g\324"
    "\005\174\236r\252\324"
    "\002\360x"
    "\005\253o\251n\323"
    "\007 \237fus\372:"
    "\003\173\233\346"
    "\003 L\337"
    "\007\353 \373ve\221\370"
    "\011opti\235 ROM"
    "\006OpRe\373\235"
    "\004\174\261e\324"
    "\007\223h\305m\251ss"
    "\003\342d-"
    "\004 th\306"
    "\003\316'\221"
    "\006\273al\235e\223"
    "\010\201\222so\362\241\223l"
    "\002no"
    "\002s "
    "\002, "
    "\002; "
    "\017\250s\342n\361\306\312\376vfio-\344i"
    "\012\255bdsm-size"
    "\005\327\213\325=\235"
    "\017\223\255\253o\251n-b\250\306cu\237\221\264"
    "\016GMS\254\330MiB\234 \202\222\270\201"
    "\003fi\251"
    "\003   "
    "\004\331yte"
    "\003 of"
    "\002on"
    "\002er"
    "\002re"
    "\002 i"
    "\005VBIOS"
    "\004BDSM"
    "\006 W\300d\307s"
    "\007\313dr=2.0"
    "\006\375is\306-m"
    "\007 Int\340 \314"
    "\014 \237\313s\173\222w\265te\201\223"
    "\002as"
    "\002le"
    "\002or"
    "\002st"
    "\004\333ays"
    "\004\315c/\213"
    "\003ne\372"
    "\004\327\213gm"
    "\002at"
    "\002\220t"
    "\006 \231 h\250\204"
    "\005H\250w\340l"
    "\002it"
    "\002ro"
    "\005\347k\220wn"
    "\002\220 "
    "\004QEMU"
    "\004\331df\173"
    "\003 f\252"
    "\005 \251ft "
    "\003VBT"
    "\003and"
    "\005c\251a\237d"
    "\002de"
    "\002in"
    "\004\345dge"
    "\010\251gac\377VGA"
    "\007\333um\173\222\261\201"
    "\010 \260\173\234\201\233s\206"
    "\002ar"
    "\002e "
    "\002ow"
    "\007\223\327vga=\235"
    "\003 to"
    "\004IGD "
    "\002ad"
    "\007display"
    "\002et"
    "\003ho\253"
    "\003\200\207\203"
    "\003\200\210\203"
    "\007\200\267\265om\272 "
    "\007\226 doe\221\264"
    "\006 mem\252y"
    "\002: "
    "\005op\237\373\235"
    "\005p\345m\305y"
    "\002x-"
    "\002\173 "
    "\002 b"
    "\005 cl\250\221"
    "\002 s"
    "\00200"
    "\00510.0+"
    "\005M\315e\252\205"
    "\003ake"
    "\002el"
    "\005he\313\236\254"
    "\002ig"
    "\002ma"
    "\002pc"
    "\002ri"
    "\002s\222"
    "\002un"
    "\003\200\202\203"
    "\005\204\265om\201"
    "\005\217\307\236 \257"
    "\005\223\265m\231="
    "\005\234\204f\237e"
    "\002\236\205"
    "\002\240n"
    "\005\257\221s\315\221"
    "\004 0x%"
    "\002 \235"
    "\002 \267"
    "\004ASLS"
    "\004BAR\221"
    "\004BGSM"
    "\004DBUF"
    "\004L\300ux"
    "\004a\261h\236"
    "\002ch"
    "\002ed"
    "\002gi"
    "\004lim\264"
    "\002ra"
    "\004w\264h "
    "\002y ";
static const uint16_t igd_words_at[] IGD_UNALIGNED = {
    0,
    45,
    99,
    137,
    212,
    244,
    296,
    331,
    366,
    406,
    449,
    491,
    528,
    562,
    593,
    628,
    664,
};
static const char igd_messages[] IGD_UNALIGNED =
    "\006\320\262\256s\201\175"
    "\005\320\262\374\201\175"
    "\015\320\362s\342n\260u\237\356\173\233s\175"
    "\012\320 \341\204\231 h\250\201\175"
    "\020\350\333ize\262\261\217eav\306\225\311 \270"
    "\005\350\204\374\352s"
    "\015\350 \312\260\271\222\261\201\223us\306\244"
    "\007\317\36255AA\304"
    "\007\317\362PCIR\304"
    "\010\317\240\343ge\234\351\206"
    "\015\317\204\267x86\240\343ge\272\201\206"
    "\006\321\210\354\201\223\245"
    "\010\321\202\354\352\221\252 \245"
    "\004\200\363\247\322"
    "\022\200\242\247\256\221\270 \335\311 emul\260e\240t"
    "-\200\302 \277\313:\330(1 \277co\277\2222\331\301\2224 "
    "GGC\2228 \237\373\253\236\34610\323)\310\222\275\214\312\326\361"
    "\214\316"
    "\016\200\255* \231\346but \220\246\223\224"
    "\014\177sec\235d\246 \260\271\216\224"
    "#\177\266 \277vice\240d\173\222took\214newe"
    "\253 \242\223p\251\250\306\237p\252t\240t"
    "\034\177RVDA\330\261\356\214\231's\201\233\346\276\223\316 \256\221"
    "\367 5.16+"
    "\007\177\267\274\356\214\210\175"
    "\005\177\274\254\351\175"
    "\004\177\274\303\212"
    "\012\177\274 d\260a\204\341\201\212"
    "#\177\364\260\330* 4 GiB\222out\234\214\241'\221\237"
    "a\371\223l\307\236\214\215ap\236tu\237"
    "\012\177\207\303\222men\277d\212"
    "\020\177\202\234\173\233\221\265\347\277d up\311\201\212"
    "0\177\215\202 \260\173\240\221\261\356\214RAM\331\340\307\201\223\245\222"
    "\252 \344,\343\327\375m-b\340\307-4g=4G -m "
    "3584M"
    "\010\177\230\223\357both"
    "#\177sw\264\371\272\330(0x0\324\213\326)\240g\220\237d\223"
    "hexa\277ci\343l\222mo\253\201"
    "\016\177\215\242\330\260\201\234\214ROM \276\212"
    "\024\211\365\173\240s\214\316'\346black\331\275\221\300\243\227"
    "\032\211\366\173\273\235:\201\222\253\345pe\221\300\243\223\314\333\251ep"
    " \275 w\337"
    "\010\211\267\255\325\222\363\216\322"
    "\033\211\267\225\222\242\216\270 p\265vi\277\221\264\361 \344\222\335\361"
    " q35\311o"
    "\012\211\225\240\2210\222\242\216\357\264"
    "\027\211\215\202 \266\222STOLEN_RESERVED"
    "\173\227"
    "\003\211\230\212"
    "A\211\267\207\324d\305k \347til\214gue\253'\221d\345"
    "v\236 \253\305ts\223-\343\371\300\306g\375phics=o"
    "ff -s\236ial \253dio\333h\307\221text"
    "\023\211\207 \261 r\347:\271\223\256\221\244 \275\33203\334";
static const char igd_table_parts[] IGD_UNALIGNED =
    "\017\174c\235d\264i\235\176\176 \253\260e\176\272"
    "\010\1741 \210 \376\274 "
    "\013\1742 \215LPC\240d\221\232"
    "\017\1743 \313d\237s\221\334:02.0\232"
    "\011\1744\332VGA\176\232 "
    "\006\1745 \302\176\232"
    "\007\1746 \241\176\176\232"
    "\004ok\176\232"
    "\007miss\300g\232"
    "\004\261 \256\372"
    "\006\261 t\345\372 "
    "\002 \367"
    "\001\243"
    "\002 \241"
    "\002\223\226"
    "\007\223\327\213l\344=\235"
    "\002\223\244"
    "\024\223\327\344i-cl\250s-co\277=0x03\334\334"
    "\001\310"
    "\005\353FILE"
    "\002\174+"
    "\012 \364kept l\307,"
    "\010 \241\234 \370\240d,"
    "\011 \215\242 \276\356\240t,"
    "\004 \215\365,"
    "\005 \366\273\235,";
static const char igd_family_names[] IGD_UNALIGNED =
    "\005B\265xt\235"
    "\005S\275\377B\301"
    "\005Iv\377B\301"
    "\001\263"
    "\001\263"
    "\001\263"
    "\007Ba\377T\375il"
    "\006B\265\313w\340l"
    "\011Ch\236ryview"
    "\005Skyl\337"
    "\006Gem\300i\205"
    "\005Kaby\205"
    "\004Amb\355"
    "\007Coffee\205"
    "\005Com\315\205"
    "\006Can\220n\205"
    "\004Ice\205"
    "\007Elkh\305t\205"
    "\004J\250p\355"
    "\003T\342\355"
    "\006Rock\315\205"
    "\004Ald\355"
    "\006Rapt\252\205"
    "\001\336"
    "\001\336"
    "\004L\347\305\205"
    "\006Panth\355"
    "\007Wildc\260\205"
    "\005Nova\205"
    "\001\266";
_Static_assert(IGD_ERR_OPREGION_BYTES == 1, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_LIMIT == 2, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_SIGNATURE == 3, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_HEADER == 4, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_FILE == 5, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_LIMIT == 6, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_ADDRESS == 7, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_SIGNATURE == 8, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_PCIR == 9, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_BYTES == 10, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ROM_MATCH == 11, "in the order of enum igd_code");
_Static_assert(IGD_ERR_OPREGION_ROOM == 12, "in the order of enum igd_code");
_Static_assert(IGD_ERR_STOLEN_ROOM == 13, "in the order of enum igd_code");
_Static_assert(IGD_ERR_ASLS == 14, "in the order of enum igd_code");
_Static_assert(IGD_ERR_BDSM == 15, "in the order of enum igd_code");
_Static_assert(IGD_ERR_VGA == 16, "in the order of enum igd_code");
_Static_assert(IGD_ERR_NO_DEVICE == 17, "in the order of enum igd_code");
_Static_assert(IGD_WARN_SECOND_DEVICE == 18, "in the order of enum igd_code");
_Static_assert(IGD_WARN_DEVICE_ID == 19, "in the order of enum igd_code");
_Static_assert(IGD_WARN_RVDA == 20, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_MISSING == 21, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_SIZE == 22, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_CHECKSUM == 23, "in the order of enum igd_code");
_Static_assert(IGD_WARN_VBT_PADDED == 24, "in the order of enum igd_code");
_Static_assert(IGD_WARN_BAR_HIGH == 25, "in the order of enum igd_code");
_Static_assert(IGD_WARN_ROM_CHECKSUM == 26, "in the order of enum igd_code");
_Static_assert(IGD_WARN_STOLEN_ROUNDED == 27, "in the order of enum igd_code");
_Static_assert(IGD_WARN_STOLEN_BASE == 28, "in the order of enum igd_code");
_Static_assert(IGD_WARN_GMS == 29, "in the order of enum igd_code");
_Static_assert(IGD_WARN_SWITCH == 30, "in the order of enum igd_code");
_Static_assert(IGD_WARN_ROM_BDSM == 31, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_BGSM == 32, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_DBUF == 33, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_OPREGION == 34, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_STOLEN == 35, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_STOLEN_ZERO == 36, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_STOLEN_BASE == 37, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_GMS == 38, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_NO_ROM == 39, "in the order of enum igd_code");
_Static_assert(IGD_NOTE_ROM_UNUSED == 40, "in the order of enum igd_code");
_Static_assert(IGD_CODES == 41, "every code has a text");

#endif // igd_texts.h
